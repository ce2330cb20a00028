/**
 * The sockets that Jupyter kernels speak through. They are named here and not in the import map
 * because `deno task` fetches everything that the import map names (denoland/deno#30887), and this
 * file is imported by a name that Deno cannot read beforehand: other commands need none of it.
 */
export { Dealer, Subscriber } from "npm:zeromq@6.8.0";
