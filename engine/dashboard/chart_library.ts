/** Importing this has Deno fetch the package, whose files can then be found. */
export { default as CHART_PACKAGE } from "npm:lightweight-charts@5.2.1/package.json" with {
  type: "json",
};

/** The charts as one module for browsers, as a `file:` URL. */
export const CHART_FILE: string = new URL(
  "./dist/lightweight-charts.standalone.production.mjs",
  import.meta.resolve("npm:lightweight-charts@5.2.1/package.json"),
).href;
