import type { BusMessage } from "../ports/bus.ts";
import { StoreError } from "../ports/store_errors.ts";

/** PostgreSQL takes payloads below 8,000 bytes; no bus takes more, so that what one takes all do. */
const MOST_BYTES = 7_999;

/** A message with its channel as JSON. Throws a `StoreError` if that is too big for a bus. */
export function envelope(channel: string, message: BusMessage): string {
  const text = JSON.stringify({ channel, message });
  const bytes = new TextEncoder().encode(text).length;
  if (bytes <= MOST_BYTES) return text;
  throw new StoreError(
    `Cannot publish on "${channel}": the message takes ${bytes} bytes of at most ${MOST_BYTES}. ` +
      `Send the key of what changed, not the thing itself`,
    { channel, bytes },
  );
}

/** What `envelope` wrote; nothing if somebody else wrote it. */
export function openEnvelope(
  text: string,
): { channel: string; message: BusMessage } | undefined {
  const { channel, message } = parseObject(text) ?? {};
  if (typeof channel !== "string" || !isObject(message)) return undefined;
  return { channel, message: message as BusMessage };
}

/** A message without its channel, as JSON. Throws as `envelope` does. */
export function payloadOf(channel: string, message: BusMessage): string {
  envelope(channel, message);
  return JSON.stringify(message);
}

/** What `payloadOf` wrote; nothing if somebody else wrote it. */
export function readPayload(text: string): BusMessage | undefined {
  return parseObject(text) as BusMessage | undefined;
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
