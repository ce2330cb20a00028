import type { Random } from "../../../data/random.ts";

/** A part of a frame: what holds it, and under which key. */
interface Place {
  holder: Record<string, unknown>;
  key: string;
}

/** Values that no trade can have, by the names that exchanges give to its parts. */
const IMPOSSIBLE: readonly (readonly [keys: RegExp, values: readonly unknown[]])[] = [
  [/^(tradeId|t|trade_id)$/, [undefined, null, "", {}, []]],
  [/^(px|p|price)$/, [undefined, null, "", "abc", "0x10", "NaN", 0, "-1", {}, [], true, "1,5"]],
  [/^(sz|q|size|qty)$/, [undefined, null, "", "abc", "0x10", "NaN", 0, "-1", {}, [], true]],
  [/^(ts|T|time|timestamp)$/, [undefined, null, "", "abc", 0, "-5", {}, [], true]],
  [/^(side|m)$/, [undefined, null, "", "hold", 7, {}, []]],
  [/^(s|product_id|symbol)$/, [undefined, null, "", 7, "no such market", {}, []]],
  [/^(arg|data|events|trades)$/, [undefined, null, "", 7, {}, [], [[]], [null], "data"]],
];

/** Characters that have a meaning in JSON, and some that must not be there. */
const STRAY = ["{", "}", "[", "]", ",", ":", '"', "\\", "\u0000", "\n", "x", "-"];

/**
 * A frame with something wrong in it: no JSON any more, cut off, nested too deeply, with bytes that
 * are no UTF-8, or JSON in which a part of a trade has a value that no trade can have, is missing or
 * is of another type. It never is another valid trade: at most it is the one of `frame` again, where
 * the change hit a part that does not matter. Bytes are to be sent as a binary frame.
 */
export function mutateFrame(random: Random, frame: string): string | Uint8Array {
  const kind = random();
  if (kind < 0.6) return impossible(random, frame);
  if (kind < 0.7) return frame.slice(0, whole(random, frame.length));
  if (kind < 0.93) return strayCharacters(random, frame);
  if (kind < 0.95) return nested(random, frame);
  return spoiltBytes(random, frame);
}

function whole(random: Random, below: number): number {
  return Math.floor(random() * below);
}

function oneOf<T>(random: Random, values: readonly T[]): T {
  return values[whole(random, values.length)];
}

function impossible(random: Random, frame: string): string {
  const parsed: unknown = JSON.parse(frame), places = placesIn(parsed);
  const { holder, key } = oneOf(random, places);
  const value = oneOf(random, IMPOSSIBLE.find(([keys]) => keys.test(key))![1]);
  if (value === undefined) delete holder[key];
  else holder[key] = value;
  return JSON.stringify(parsed);
}

function placesIn(value: unknown): Place[] {
  if (typeof value !== "object" || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => {
    const here = IMPOSSIBLE.some(([keys]) => keys.test(key)) ? [{ holder, key }] : [];
    return [...here, ...placesIn(holder[key])];
  });
}

/** Puts in, takes out or replaces characters until it is no JSON any more. */
function strayCharacters(random: Random, frame: string): string {
  let text = frame;
  while (isJson(text)) {
    const at = whole(random, text.length), taken = whole(random, 3);
    text = text.slice(0, at) + (random() < 0.7 ? oneOf(random, STRAY) : "") +
      text.slice(at + taken);
  }
  return text;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function nested(random: Random, frame: string): string {
  const depth = 10 ** (1 + whole(random, 5));
  return "[".repeat(depth) + frame + "]".repeat(random() < 0.5 ? depth : depth - 1);
}

/** Bytes of which at least one begins no character in UTF-8. */
function spoiltBytes(random: Random, frame: string): Uint8Array {
  const bytes = new TextEncoder().encode(frame);
  bytes[whole(random, bytes.length)] = 0xff;
  return bytes;
}
