/** What a snapshot begins with, so that bytes of another layout are told from ours. */
const LAYOUT = 2;

/**
 * Parts of a run's memory as bytes: the layout's number, then each part behind its length. All of it
 * is doubles.
 */
export function packSnapshot(...parts: readonly Float64Array[]): Uint8Array {
  const size = parts.reduce((size, { length }) => size + 1 + length, 1);
  const packed = new Float64Array(size);
  packed[0] = LAYOUT;
  let at = 1;
  for (const part of parts) {
    packed[at] = part.length;
    packed.set(part, at + 1);
    at += 1 + part.length;
  }
  return new Uint8Array(packed.buffer);
}

/**
 * What `packSnapshot` was given, parts of `lengths` doubles. Throws a `RangeError` for bytes of another
 * layout, or of a run that remembers something else.
 */
export function unpackSnapshot(bytes: Uint8Array, lengths: readonly number[]): Float64Array[] {
  // Copied by hand: the bytes may be a Node Buffer, whose slice() is a view into a shared pool.
  const whole = new Uint8Array(bytes).buffer;
  const packed = new Float64Array(whole, 0, Math.floor(whole.byteLength / 8));
  if (packed[0] !== LAYOUT) {
    throw new RangeError(
      `Cannot restore ${bytes.length} bytes: they are no snapshot of layout ${LAYOUT}`,
    );
  }
  let at = 1;
  const parts = lengths.map((length) => {
    if (packed[at] !== length) throw unfit(bytes, lengths);
    const part = packed.subarray(at + 1, at + 1 + length);
    at += 1 + length;
    return part;
  });
  if (8 * at !== bytes.length) throw unfit(bytes, lengths);
  return parts;
}

function unfit(bytes: Uint8Array, lengths: readonly number[]): RangeError {
  return new RangeError(
    `Cannot restore ${bytes.length} bytes: this run remembers ${lengths.join(" and ")} numbers, ` +
      `so they are of another`,
  );
}
