import { type PngPixels, pngPixels } from "./png_pixels.ts";

/**
 * What is tolerated: another processor may round a line's edge differently. A pixel is another one if
 * a channel is off by more than 24 of 255; a picture is if more than one pixel in 500 is, or more than
 * 12 are in some square of 32 × 32. For a trade that is missing or a line that lies a pixel higher is a
 * matter of a few hundred pixels of millions, but they are beside each other.
 */
const CHANNEL = 24, SHARE = 1 / 500, SQUARE = 32, IN_SQUARE = 12;

/** In what two PNGs (base64) differ by more than rounding, in words. */
export function pictureDifference(before: string, after: string): string | undefined {
  if (before.trim() === after.trim()) return undefined;
  const [a, b] = [before, after].map((it) => pngPixels(Uint8Array.fromBase64(it.trim())));
  return pixelDifference(a, b);
}

/** The same of pixels. */
function pixelDifference(a: PngPixels, b: PngPixels): string | undefined {
  if (a.width !== b.width || a.height !== b.height) {
    return `was ${a.width}×${a.height} pixels, is ${b.width}×${b.height}`;
  }
  const { tiles, columns } = otherPixels(a, b), pixels = a.width * a.height;
  const others = tiles.reduce((sum, count) => sum + count, 0), most = Math.floor(SHARE * pixels);
  if (others > most) return `${others} of ${pixels} pixels differ, ${most} are tolerated`;
  for (let tile = 0; tile < tiles.length; tile++) {
    const count = inSquare(tiles, tile, columns);
    if (count <= IN_SQUARE) continue;
    const x = TILE * (tile % columns), y = TILE * Math.floor(tile / columns);
    return `${count} of ${SQUARE}×${SQUARE} pixels at ${x}, ${y} differ, ${IN_SQUARE} are tolerated`;
  }
}

/** Squares overlap by half, so that what lies on the border of two is in the middle of another. */
const TILE = SQUARE / 2;

/** How many pixels are others, by tile. */
function otherPixels(a: PngPixels, b: PngPixels): { tiles: Uint32Array; columns: number } {
  const { width, height } = a, columns = Math.ceil(width / TILE);
  const tiles = new Uint32Array(columns * Math.ceil(height / TILE));
  for (let i = 0; i < width * height; i++) {
    if (!isOther(a.rgba, b.rgba, 4 * i)) continue;
    const x = i % width, y = (i - x) / width;
    tiles[columns * Math.floor(y / TILE) + Math.floor(x / TILE)]++;
  }
  return { tiles, columns };
}

function isOther(a: Uint8Array, b: Uint8Array, at: number): boolean {
  for (let channel = at; channel < at + 4; channel++) {
    if (Math.abs(a[channel] - b[channel]) > CHANNEL) return true;
  }
  return false;
}

/** How many are in the square that a tile is the upper left quarter of. */
function inSquare(tiles: Uint32Array, tile: number, columns: number): number {
  const isLast = tile % columns === columns - 1, beside = isLast ? 0 : 1;
  const rows = [tile, tile + columns].filter((row) => row < tiles.length);
  return rows.reduce((sum, row) => sum + tiles[row] + (isLast ? 0 : tiles[row + beside]), 0);
}
