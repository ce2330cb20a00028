import type { Pixels } from "../../engine/charts/indexed_png.ts";
import { FONT } from "../../engine/charts/look.ts";
import { loadFonts, loadRasteriser } from "../../engine/charts/packages.ts";

/** An SVG as pixels, `scale` for each of its own; with the shipped font, or with none at all. */
export async function rasterised(svg: string, { scale = 2, fonts = true } = {}): Promise<Pixels> {
  const { Resvg } = await loadRasteriser(), fontFiles = fonts ? await loadFonts() : [];
  const font = { loadSystemFonts: false, fontFiles, defaultFontFamily: FONT } as const;
  // Each reading of the rasteriser's own object copies all of its pixels.
  const { width, height, pixels } = new Resvg(svg, { fitTo: { mode: "zoom", value: scale }, font })
    .render();
  return { width, height, pixels };
}

/** The pixels of a PNG, read by the rasteriser's own decoder. */
export function decodePng(png: Uint8Array): Promise<Pixels> {
  const { width, height } = sizeOf(png), size = `width="${width}" height="${height}"`;
  const image = `<image ${size} href="data:image/png;base64,${png.toBase64()}"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${image}</svg>`;
  return rasterised(svg, { scale: 1, fonts: false });
}

/** Width and height as a PNG's header has them. */
export function sizeOf(png: Uint8Array): { width: number; height: number } {
  const header = new DataView(png.buffer, png.byteOffset);
  return { width: header.getUint32(16), height: header.getUint32(20) };
}

/** The share of pixels of which a channel differs by more than `most` (of 255). */
export function differing(a: Pixels, b: Pixels, most: number): number {
  if (a.width !== b.width || a.height !== b.height) return 1;
  let count = 0;
  for (let i = 0; i < a.pixels.length; i += 4) {
    const apart = (channel: number) => Math.abs(a.pixels[i + channel] - b.pixels[i + channel]);
    if (Math.max(apart(0), apart(1), apart(2)) > most) count++;
  }
  return count / (a.width * a.height);
}

/** Whether two files are the same; `deepEqual` would write out how they differ, for minutes. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
