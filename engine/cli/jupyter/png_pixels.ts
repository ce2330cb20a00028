import { inflateSync } from "node:zlib";

/** Pixels of a picture: red, green, blue and alpha, row by row. */
export interface PngPixels {
  width: number;
  height: number;
  rgba: Uint8Array;
}

/** How many bytes a pixel has, by PNG's number for its kind of colour. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const PALETTE = 3;

/** The pixels of a PNG of 8 bits a channel, not interlaced. Throws for what is no such picture. */
export function pngPixels(png: Uint8Array): PngPixels {
  const chunks = readChunks(png), header = new DataView(chunks.get("IHDR")!.slice().buffer);
  const width = header.getUint32(0), height = header.getUint32(4);
  const [bits, colour, , , interlaced] = chunks.get("IHDR")!.subarray(8);
  const channels = CHANNELS[colour];
  if (bits !== 8 || channels === undefined || interlaced !== 0) {
    throw new Error(`Cannot read a PNG with ${bits} bits of colour type ${colour}`);
  }
  const rows = new Uint8Array(inflateSync(chunks.get("IDAT")!));
  const bytes = unfiltered(rows, height, width * channels, channels);
  const palette = chunks.get("PLTE") ?? new Uint8Array();
  const rgba = new Uint8Array(4 * width * height);
  for (let i = 0; i < width * height; i++) {
    const pixel = bytes.subarray(i * channels, (i + 1) * channels);
    rgba.set(colour === PALETTE ? opaque(palette, pixel[0]) : spread(pixel), 4 * i);
  }
  return { width, height, rgba };
}

/** The contents of the chunks by name; those of one name one after the other. */
function readChunks(png: Uint8Array): Map<string, Uint8Array> {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const chunks = new Map<string, Uint8Array>();
  for (let at = 8; at < png.length;) {
    const length = view.getUint32(at);
    const name = String.fromCharCode(...png.subarray(at + 4, at + 8));
    const before = chunks.get(name) ?? new Uint8Array();
    const joined = new Uint8Array(before.length + length);
    joined.set(before);
    joined.set(png.subarray(at + 8, at + 8 + length), before.length);
    chunks.set(name, joined);
    at += 12 + length;
  }
  return chunks;
}

/** Each row begins with its filter: how its bytes stand to those left of and above them. */
function unfiltered(rows: Uint8Array, height: number, width: number, step: number): Uint8Array {
  const bytes = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const filter = rows[y * (width + 1)], row = y * width;
    for (let x = 0; x < width; x++) {
      const left = x < step ? 0 : bytes[row + x - step];
      const above = y === 0 ? 0 : bytes[row + x - width];
      const corner = x < step || y === 0 ? 0 : bytes[row + x - width - step];
      const value = rows[y * (width + 1) + 1 + x];
      bytes[row + x] = value + predicted(filter, left, above, corner);
    }
  }
  return bytes;
}

function predicted(filter: number, left: number, above: number, corner: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return above;
    case 3:
      return (left + above) >> 1;
    case 4: {
      const guess = left + above - corner;
      const [a, b, c] = [left, above, corner].map((it) => Math.abs(guess - it));
      return a <= b && a <= c ? left : b <= c ? above : corner;
    }
    default:
      return 0;
  }
}

function opaque(palette: Uint8Array, index: number): number[] {
  return [...palette.subarray(3 * index, 3 * index + 3), 255];
}

function spread(pixel: Uint8Array): number[] {
  const [a, b, c, d = 255] = pixel;
  return pixel.length > 2 ? [a, b, c, d] : [a, a, a, b ?? 255];
}
