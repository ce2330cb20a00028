const value = new Float64Array(1), halves = new Uint32Array(value.buffer);

/** Stands for every NaN, of which JavaScript does not say what bits they have. */
const UNKNOWN = 0x7ff80000;

/** A number of 32 bits that tells apart, all but certainly, rows that differ in anything. */
export function digestRows(
  digest: number,
  columns: readonly Float64Array[],
  from: number,
  to: number,
): number {
  for (let i = from; i < to; i++) {
    for (const column of columns) {
      value[0] = column[i];
      const known = column[i] === column[i];
      digest = mixed(mixed(digest, known ? halves[0] : UNKNOWN), known ? halves[1] : UNKNOWN);
    }
  }
  return digest >>> 0;
}

/** The step of MurmurHash3 (Austin Appleby, public domain): every bit of both changes half of all. */
function mixed(digest: number, word: number): number {
  word = Math.imul(word, 0xcc9e2d51);
  word = Math.imul(word << 15 | word >>> 17, 0x1b873593);
  digest ^= word;
  return Math.imul(digest << 13 | digest >>> 19, 5) + 0xe6546b64 | 0;
}
