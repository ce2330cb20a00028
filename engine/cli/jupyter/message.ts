import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";

/** A message of Jupyter's protocol, as far as it is read here. */
export interface Message {
  type: string;
  content: Readonly<Record<string, unknown>>;
}

/** Stands before the signature; what comes before it is for routing. */
const DELIMITER = "<IDS|MSG>";

/** The frames of a request, signed with the connection's key. */
export function encode({ type, content }: Message, session: string, key: string): string[] {
  const header = {
    msg_id: randomUUID(),
    session,
    username: "lockstep",
    date: new Date().toISOString(),
    msg_type: type,
    version: "5.3",
  };
  const parts = [header, {}, {}, content].map((part) => JSON.stringify(part));
  return [DELIMITER, signature(parts, key), ...parts];
}

/** The message in frames from a kernel. Throws if it is not signed with the connection's key. */
export function decode(frames: readonly Uint8Array[], key: string): Message {
  const texts = frames.map((frame) => new TextDecoder().decode(frame));
  const [signed, ...parts] = texts.slice(texts.indexOf(DELIMITER) + 1);
  const expected = signature(parts.slice(0, 4), key);
  if (signed?.length !== expected.length || !equal(signed, expected)) {
    throw new Error("A message from the kernel is not signed as it should be");
  }
  return { type: JSON.parse(parts[0]).msg_type, content: JSON.parse(parts[3]) };
}

function signature(parts: readonly string[], key: string): string {
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}

function equal(a: string, b: string): boolean {
  const encoder = new TextEncoder();
  return timingSafeEqual(encoder.encode(a), encoder.encode(b));
}
