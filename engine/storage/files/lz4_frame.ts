const MAGIC = 0x184d2204, PLAIN_BLOCK = 0x80000000;

/** The flags of a frame: which parts it has besides its blocks. */
const BLOCK_CHECKSUM = 0x10, CONTENT_SIZE = 0x08, DICTIONARY = 0x01;

/**
 * Decompresses an LZ4 frame, the form in which Arrow files hold LZ4. Checksums are passed over.
 * Source: the LZ4 frame format description, version 1.6, and the block format description.
 */
export function lz4Frame(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== MAGIC) throw new Error("not an LZ4 frame");
  const flags = bytes[4];
  if (flags & DICTIONARY) throw new Error("an LZ4 frame with a dictionary");
  let at = 7 + (flags & CONTENT_SIZE ? 8 : 0);
  const output = new Output(bytes.length * 4);
  for (;;) {
    const word = view.getUint32(at, true), length = word & ~PLAIN_BLOCK;
    at += 4;
    if (word === 0) return output.bytes();
    const block = bytes.subarray(at, at + length);
    if (block.length < length) throw new Error("a cut-off LZ4 frame");
    if (word & PLAIN_BLOCK) output.add(block);
    else decompress(block, output);
    at += length + (flags & BLOCK_CHECKSUM ? 4 : 0);
  }
}

/** What was decompressed: blocks refer to what earlier ones gave. */
class Output {
  private data: Uint8Array;
  private length = 0;

  constructor(size: number) {
    this.data = new Uint8Array(size);
  }

  bytes(): Uint8Array {
    return this.data.subarray(0, this.length);
  }

  add(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.data.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** Repeats what lies `offset` bytes back; what is written on the way may be part of it. */
  repeat(offset: number, count: number): void {
    if (offset === 0 || offset > this.length) throw new Error("damaged LZ4 data");
    this.reserve(count);
    const { data } = this;
    for (let i = 0, at = this.length; i < count; i++, at++) data[at] = data[at - offset];
    this.length += count;
  }

  private reserve(count: number): void {
    if (this.length + count <= this.data.length) return;
    const larger = new Uint8Array(2 * (this.length + count));
    larger.set(this.bytes());
    this.data = larger;
  }
}

const SHORTEST_MATCH = 4, MORE = 15;

function decompress(block: Uint8Array, output: Output): void {
  let at = 0;
  const longLength = (start: number) => {
    let length = start;
    if (start === MORE) {
      let byte = 255;
      while (byte === 255) length += byte = block[at++];
    }
    return length;
  };
  while (at < block.length) {
    const token = block[at++], literals = longLength(token >> 4);
    output.add(block.subarray(at, at + literals));
    at += literals;
    if (at >= block.length) break;
    const offset = block[at] | block[at + 1] << 8;
    at += 2;
    output.repeat(offset, longLength(token & MORE) + SHORTEST_MATCH);
  }
}
