/**
 * The exchanges' own dialects. Named here and nowhere else, in a file that is imported by a name that
 * Deno cannot read beforehand: it fetches what a literal one names, used or not, and this is 60 MB.
 */
export { pro } from "npm:ccxt@4.5.84";
