/**
 * ECharts, in one file that needs no environment. It is named here and not in the import map because
 * `deno task` fetches everything that the import map names (denoland/deno#30887).
 */
export { init } from "npm:echarts@6.1.0/dist/echarts.esm.min.mjs";

/** Where the same ECharts lies as a script for web pages, a `file:` URL. */
export const SCRIPT: string = import.meta.resolve("npm:echarts@6.1.0/dist/echarts.min.js");
