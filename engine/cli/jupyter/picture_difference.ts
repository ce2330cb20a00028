import { pngPixels } from "./png_pixels.ts";

/**
 * What is tolerated: another processor may round a line's edge differently. A pixel is another one if
 * a channel is off by more than 24 of 255, and a picture is if more than one pixel in 500 is.
 */
const CHANNEL = 24, SHARE = 1 / 500;

/** In what two PNGs (base64) differ by more than rounding, in words. */
export function pictureDifference(before: string, after: string): string | undefined {
  if (before.trim() === after.trim()) return undefined;
  const [a, b] = [before, after].map((it) => pngPixels(Uint8Array.fromBase64(it.trim())));
  if (a.width !== b.width || a.height !== b.height) {
    return `was ${a.width}×${a.height} pixels, is ${b.width}×${b.height}`;
  }
  const pixels = a.width * a.height;
  let others = 0;
  for (let i = 0; i < pixels; i++) {
    let most = 0;
    for (let at = 4 * i; at < 4 * i + 4; at++) {
      most = Math.max(most, Math.abs(a.rgba[at] - b.rgba[at]));
    }
    if (most > CHANNEL) others++;
  }
  if (others <= SHARE * pixels) return undefined;
  return `${others} of ${pixels} pixels differ, ${Math.floor(SHARE * pixels)} are tolerated`;
}
