import { crc32, deflateSync } from "node:zlib";

/** How many colours of a palette are chosen by how often they are there. */
const COMMONEST = 208;

/** Pixels of a picture without transparency: red, green, blue and alpha, row by row. */
export interface Pixels {
  width: number;
  height: number;
  pixels: Uint8Array;
}

/**
 * A PNG with a palette of 256: the commonest colours and those farthest from them; for each other one,
 * of which an edge has a few pixels, the nearest of these. It is a third as large as one in full colour, and notebooks hold many.
 */
export function indexedPng({ width, height, pixels }: Pixels): Uint8Array {
  const colours = new Uint32Array(pixels.buffer, pixels.byteOffset, width * height);
  const { palette, indexOf } = paletteOf(colours);
  const rows = new Uint8Array(height * (width + 1)); // each row begins with its filter, 0: none
  for (let y = 0, i = 0, last = -1, index = 0; y < height; y++) {
    for (let x = 1; x <= width; x++, i++) {
      if (colours[i] !== last) index = indexOf.get(last = colours[i])!;
      rows[y * (width + 1) + x] = index;
    }
  }
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  header.setUint8(8, 8); // bits
  header.setUint8(9, 3); // a palette
  return joined([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk("IHDR", new Uint8Array(header.buffer)),
    chunk("PLTE", Uint8Array.from(palette.flatMap(channels))),
    chunk("IDAT", deflateSync(rows, { level: 6 })),
    chunk("IEND", new Uint8Array()),
  ]);
}

function paletteOf(colours: Uint32Array): { palette: number[]; indexOf: Map<number, number> } {
  const counts = new Map<number, number>();
  for (let i = 0; i < colours.length;) {
    const colour = colours[i], first = i;
    while (i < colours.length && colours[i] === colour) i++;
    counts.set(colour, (counts.get(colour) ?? 0) + i - first);
  }
  const common = [...counts].sort(([a, n], [b, m]) => m - n || a - b).map(([colour]) => colour);
  const palette = common.slice(0, COMMONEST), others = common.slice(COMMONEST);
  const apart = others.map((colour) => distance(colour, palette[nearest(colour, palette)]));
  while (palette.length < 256 && palette.length < common.length) {
    const farthest = others[apart.indexOf(Math.max(...apart))];
    palette.push(farthest);
    others.forEach((it, i) => apart[i] = Math.min(apart[i], distance(it, farthest)));
  }
  const indexOf = new Map(palette.map((it, index) => [it, index]));
  for (const colour of others) indexOf.set(colour, nearest(colour, palette));
  return { palette, indexOf };
}

/** The number of the colour of a palette that is nearest. */
function nearest(colour: number, palette: readonly number[]): number {
  let found = 0, least = Infinity;
  palette.forEach((other, index) => {
    const apart = distance(colour, other);
    if (apart < least) [found, least] = [index, apart];
  });
  return found;
}

function distance(a: number, b: number): number {
  const red = (a & 255) - (b & 255), green = (a >> 8 & 255) - (b >> 8 & 255);
  const blue = (a >> 16 & 255) - (b >> 16 & 255);
  return red * red + green * green + blue * blue;
}

/** Red, green and blue of a pixel as it lies in memory, lowest byte first. */
function channels(colour: number): [number, number, number] {
  return [colour & 255, colour >> 8 & 255, colour >> 16 & 255];
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + 12), view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  view.setUint32(data.length + 8, crc32(bytes.subarray(4, data.length + 8)));
  return bytes;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
