/** What a notebook is given to show: data by MIME type, of which it takes the best that it knows. */
export type MimeBundle = Record<string, string>;

/** The method by which Deno's kernel asks an object how it is to be shown. */
export const DISPLAY = Symbol.for("Jupyter.display");

/** The method by which Deno asks an object how `console.log` is to write it. */
export const INSPECT = Symbol.for("Deno.customInspect");
