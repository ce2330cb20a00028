/**
 * ECharts, in one file that needs no environment. This module is imported by a name that Deno cannot
 * read beforehand, as is all that draws: who draws nothing fetches none of it.
 */
export { init } from "npm:echarts@6.1.0/dist/echarts.esm.min.mjs";

/** Where the same ECharts lies as a script for web pages, a `file:` URL. */
export const SCRIPT: string = import.meta.resolve("npm:echarts@6.1.0/dist/echarts.min.js");
