/**
 * The exchanges' own dialects. Named here and nowhere else, and not in the import map, because
 * `deno task` fetches everything that the import map names, and this is 60 MB.
 */
export { pro } from "npm:ccxt@4.5.84";
