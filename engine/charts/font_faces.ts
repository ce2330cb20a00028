import { FONT } from "./look.ts";
import { loadFonts } from "./packages.ts";

/** The weights of the shipped font, in the order of its files. */
export const WEIGHTS = [400, 600];

/** The shipped font as CSS: texts are placed by its widths, and a reader may not have it. */
export async function fontFaces(): Promise<string> {
  const files = await Promise.all((await loadFonts()).map((path) => Deno.readFile(path)));
  return files.map((file, i) =>
    `@font-face { font-family: "${FONT}"; font-weight: ${WEIGHTS[i]}; ` +
    `src: url(data:font/ttf;base64,${file.toBase64()}) }`
  ).join("\n");
}
