import type { MimeBundle } from "./mime_bundle.ts";

/** How a notebook shows what is best read as text: strategies, expressions, errors. */
export function textDisplay(text: string): MimeBundle {
  return { "text/plain": text };
}
