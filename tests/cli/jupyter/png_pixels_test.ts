import assert from "node:assert/strict";
import { crc32, deflateSync } from "node:zlib";
import { indexedPng } from "../../../engine/charts/indexed_png.ts";
import { pngPixels } from "../../../engine/cli/jupyter/png_pixels.ts";

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = Uint8Array.from([...new TextEncoder().encode(type), ...data]);
  const number = (value: number) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255);
  return Uint8Array.from([...number(data.length), ...body, ...number(crc32(body))]);
}

/** A PNG as the standard (ISO 15948, 9.2) says, each row with the filter of its number modulo 5. */
function png(pixels: readonly number[][][], colour: 0 | 2 | 4 | 6): Uint8Array {
  const rows = pixels.map((row) => row.flat()), step = pixels[0][0].length;
  const paeth = (a: number, b: number, c: number) => {
    const p = a + b - c, distances = [a, b, c].map((it) => Math.abs(p - it));
    return [a, b, c][distances.indexOf(Math.min(...distances))];
  };
  const filtered = rows.flatMap((row, y) => [
    y % 5,
    ...row.map((value, x) => {
      const a = row[x - step] ?? 0, b = rows[y - 1]?.[x] ?? 0, c = rows[y - 1]?.[x - step] ?? 0;
      return (value - [0, a, b, Math.floor((a + b) / 2), paeth(a, b, c)][y % 5]) & 255;
    }),
  ]);
  const header = [0, 0, 0, pixels[0].length, 0, 0, 0, pixels.length, 8, colour, 0, 0, 0];
  const data = new Uint8Array(deflateSync(Uint8Array.from(filtered)));
  return Uint8Array.from([
    ...[137, 80, 78, 71, 13, 10, 26, 10],
    ...chunk("IHDR", Uint8Array.from(header)),
    // Data may come in several pieces.
    ...chunk("IDAT", data.subarray(0, 7)),
    ...chunk("IDAT", data.subarray(7)),
    ...chunk("IEND", new Uint8Array()),
  ]);
}

/** Pixels that look like chance. */
function made(width: number, height: number, channels: number): number[][][] {
  const value = (n: number) => (n * 7_919 + (n * n) % 251) % 256;
  return Array.from(
    { length: height },
    (_, y) =>
      Array.from(
        { length: width },
        (_, x) => Array.from({ length: channels }, (_, k) => value(channels * (y * width + x) + k)),
      ),
  );
}

Deno.test("Pictures in full colour are read, whatever filters their rows have", () => {
  const opaque = made(9, 12, 3), through = made(7, 11, 4);
  const read = pngPixels(png(opaque, 2));
  assert.deepEqual([read.width, read.height], [9, 12]);
  assert.deepEqual([...read.rgba], opaque.flat().flatMap((pixel) => [...pixel, 255]));
  assert.deepEqual([...pngPixels(png(through, 6)).rgba], through.flat(2));
});

Deno.test("Pictures in greys are read, and those with a palette", () => {
  const greys = made(8, 7, 1), through = made(7, 6, 2);
  const [grey, seen] = [pngPixels(png(greys, 0)), pngPixels(png(through, 4))];
  assert.deepEqual([...grey.rgba], greys.flat(2).flatMap((it) => [it, it, it, 255]));
  assert.deepEqual([...seen.rgba], through.flat().flatMap(([it, alpha]) => [it, it, it, alpha]));
  const few = made(5, 6, 3).flat().flatMap((pixel) => [...pixel, 255]);
  const indexed = indexedPng({ width: 5, height: 6, pixels: Uint8Array.from(few) });
  assert.deepEqual([...pngPixels(indexed).rgba], few);
});

Deno.test("Pictures with fewer bits a channel are refused", () => {
  const picture = png(made(2, 2, 3), 2);
  picture[24] = 4;
  assert.throws(() => pngPixels(picture), /Cannot read a PNG with 4 bits of colour type 2/);
});
