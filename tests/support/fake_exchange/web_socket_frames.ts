/** The kinds of frame of RFC 6455 that are spoken here. */
export const TEXT = 1, BINARY = 2, CLOSE = 8, PING = 9, PONG = 10;

export interface WebSocketFrame {
  opcode: number;
  payload: Uint8Array;
}

/** A server's frame, whole and unmasked (RFC 6455, section 5.2). */
export function encodeFrame(opcode: number, payload: Uint8Array): Uint8Array {
  const { length } = payload;
  const extra = length < 126 ? 0 : length < 65_536 ? 2 : 8;
  const frame = new Uint8Array(2 + extra + length), view = new DataView(frame.buffer);
  frame[0] = 0x80 | opcode;
  frame[1] = extra === 0 ? length : extra === 2 ? 126 : 127;
  if (extra === 2) view.setUint16(2, length);
  if (extra === 8) view.setBigUint64(2, BigInt(length));
  frame.set(payload, 2 + extra);
  return frame;
}

/** Cuts what a client sends into frames. Clients' frames are masked and, here, never fragmented. */
export function frameReader(): (bytes: Uint8Array) => WebSocketFrame[] {
  let rest = new Uint8Array();
  return (bytes) => {
    const all = new Uint8Array(rest.length + bytes.length);
    all.set(rest);
    all.set(bytes, rest.length);
    const frames: WebSocketFrame[] = [];
    let at = 0;
    for (let end = endOfFrame(all, at); end <= all.length; end = endOfFrame(all, at)) {
      frames.push(readFrame(all.subarray(at, end)));
      at = end;
    }
    rest = all.slice(at);
    return frames;
  };
}

function endOfFrame(bytes: Uint8Array, start: number): number {
  if (bytes.length < start + 2) return Infinity;
  const short = bytes[start + 1] & 0x7f, extra = short < 126 ? 0 : short === 126 ? 2 : 8;
  const head = start + 2 + extra;
  if (bytes.length < head) return Infinity;
  const view = new DataView(bytes.buffer, bytes.byteOffset + start + 2, extra);
  const length = extra === 0
    ? short
    : extra === 2
    ? view.getUint16(0)
    : Number(view.getBigUint64(0));
  return head + 4 + length;
}

function readFrame(frame: Uint8Array): WebSocketFrame {
  const short = frame[1] & 0x7f, mask = 2 + (short < 126 ? 0 : short === 126 ? 2 : 8);
  const payload = frame.slice(mask + 4);
  for (let i = 0; i < payload.length; i++) payload[i] ^= frame[mask + (i & 3)];
  return { opcode: frame[0] & 0x0f, payload };
}
