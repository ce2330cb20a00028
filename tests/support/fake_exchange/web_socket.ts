import type { Socket } from "node:net";
import { CLOSE, encodeFrame, frameReader, PING, PONG, TEXT } from "./web_socket_frames.ts";

const encoder = new TextEncoder(), decoder = new TextDecoder();

/** A client's WebSocket with what faults need to do to it. */
export class FakeWebSocket {
  /** Half-open: takes nothing in and gives nothing out, while the TCP connection stays up. */
  isMute = false;
  /** When the client last sent something, by `performance.now()`. */
  heard = performance.now();

  constructor(
    private readonly socket: Socket,
    onText: (text: string) => void,
    onGone: () => void,
  ) {
    const read = frameReader();
    socket.on("data", (bytes: Uint8Array) => {
      if (this.isMute) return;
      this.heard = performance.now();
      for (const { opcode, payload } of read(bytes)) {
        if (opcode === TEXT) onText(decoder.decode(payload));
        if (opcode === PING) this.sendBytes(PONG, payload);
        if (opcode === CLOSE) this.answerClose(payload);
      }
    });
    // "end": the client hung up without a farewell, which a mute socket must not answer
    socket.on("end", () => this.isMute || socket.end());
    socket.on("close", onGone);
  }

  get isOpen(): boolean {
    return !this.socket.destroyed && this.socket.writable;
  }

  send(text: string): void {
    this.sendBytes(TEXT, encoder.encode(text));
  }

  /** A frame of any kind, right or wrong. */
  sendBytes(opcode: number, payload: Uint8Array): void {
    this.sendRaw(encodeFrame(opcode, payload));
  }

  /** Bytes that need not be a frame. */
  sendRaw(bytes: Uint8Array): void {
    if (!this.isMute && this.isOpen) this.socket.write(bytes);
  }

  ping(): void {
    this.sendBytes(PING, new Uint8Array());
  }

  /** Says that it closes, with a status code such as 1001 ("going away"; 0: no word), and does. */
  close(code: number): void {
    if (code !== 0) this.sendBytes(CLOSE, new Uint8Array([code >> 8, code & 0xff]));
    this.socket.end();
  }

  /** Ends the TCP connection with a reset. */
  reset(): void {
    this.socket.resetAndDestroy();
  }

  private answerClose(payload: Uint8Array): void {
    this.sendBytes(CLOSE, payload.slice(0, 2));
    this.socket.end();
  }
}
