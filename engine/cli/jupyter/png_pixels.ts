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
  return { width, height, rgba: spread(bytes, { channels, colour, palette }) };
}

/** A picture has millions of pixels: none of them gets an object of its own here. */
function spread(
  bytes: Uint8Array,
  { channels, colour, palette }: { channels: number; colour: number; palette: Uint8Array },
): Uint8Array {
  const rgba = new Uint8Array(4 * bytes.length / channels).fill(255);
  const isIndexed = colour === PALETTE, source = isIndexed ? palette : bytes;
  const step = isIndexed || channels > 2 ? 1 : 0, hasAlpha = channels % 2 === 0;
  for (let from = 0, to = 0; from < bytes.length; from += channels, to += 4) {
    const at = isIndexed ? 3 * bytes[from] : from;
    rgba[to] = source[at];
    rgba[to + 1] = source[at + step];
    rgba[to + 2] = source[at + 2 * step];
    if (hasAlpha) rgba[to + 3] = bytes[from + channels - 1];
  }
  return rgba;
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
    const start = y * (width + 1) + 1, filter = rows[start - 1], row = y * width;
    if (filter === 0) {
      bytes.set(rows.subarray(start, start + width), row);
      continue;
    }
    for (let x = 0; x < width; x++) {
      const left = x < step ? 0 : bytes[row + x - step];
      const above = y === 0 ? 0 : bytes[row + x - width];
      const corner = x < step || y === 0 ? 0 : bytes[row + x - width - step];
      bytes[row + x] = rows[start + x] + predicted(filter, left, above, corner);
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
      const a = Math.abs(above - corner), b = Math.abs(left - corner);
      const c = Math.abs(left + above - 2 * corner);
      return a <= b && a <= c ? left : b <= c ? above : corner;
    }
    default:
      return 0;
  }
}
