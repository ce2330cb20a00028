import type { Trade } from "../../../engine/market/trade.ts";

/** A trade on its way into a frame: any value anywhere; `undefined` leaves it out. */
export interface RawTrade {
  symbol: string;
  id: unknown;
  /** UTC milliseconds; each dialect writes it in its own way. */
  timestamp: unknown;
  price: unknown;
  amount: unknown;
  side: unknown;
}

/** Something about a trade that an exchange could send. */
export interface OddTrade {
  name: string;
  change: (good: RawTrade) => RawTrade;
}

/** A right trade in its raw form. */
export function rawTrade(symbol: string, { id, timestamp, price, amount, side }: Trade): RawTrade {
  return { symbol, id, timestamp, price, amount, side };
}

function odd(name: string, fields: Partial<RawTrade>): OddTrade {
  return { name, change: (good) => ({ ...good, ...fields }) };
}

function atTime(name: string, time: (right: number) => number): OddTrade {
  return { name, change: (good) => ({ ...good, timestamp: time(Number(good.timestamp)) }) };
}

const HOUR = 3_600_000;

/** None of these may be stored. */
export const BAD_TRADES: readonly OddTrade[] = [
  odd("id missing", { id: undefined }),
  odd("id null", { id: null }),
  odd("id empty", { id: "" }),
  odd("id an object", { id: { id: 1 } }),
  odd("price missing", { price: undefined }),
  odd("price empty", { price: "" }),
  odd("price hexadecimal", { price: "0x10" }),
  odd("price null", { price: null }),
  odd("price NaN", { price: "NaN" }),
  odd("price Infinity", { price: "Infinity" }),
  odd("price 0", { price: "0" }),
  odd("price -1", { price: "-1" }),
  odd("price an array", { price: ["61800.3"] }),
  odd("amount missing", { amount: undefined }),
  odd("amount empty", { amount: "" }),
  odd("amount null", { amount: null }),
  odd("amount 0", { amount: "0" }),
  odd("amount -1", { amount: "-1" }),
  odd("amount 1e-18", { amount: "0.000000000000000001" }),
  odd("amount 1e18", { amount: "1000000000000000000" }),
  odd("amount an object", { amount: {} }),
  odd("timestamp missing", { timestamp: undefined }),
  odd("timestamp null", { timestamp: null }),
  odd("timestamp 0", { timestamp: 0 }),
  atTime("timestamp in seconds", (right) => Math.floor(right / 1_000)),
  atTime("timestamp in microseconds", (right) => right * 1_000),
  atTime("timestamp an hour ahead", (right) => right + HOUR),
  odd("timestamp no number", { timestamp: "soon" }),
  odd("side missing", { side: undefined }),
  odd("side unknown", { side: "hold" }),
  odd("wrong symbol", { symbol: "NOSUCH/COIN" }),
];

/** These are right, and their ids must be kept to the last character. */
export const ODD_IDS: readonly OddTrade[] = [
  odd("id above 2^53", { id: "9007199254740993" }),
  odd("id above 2^64", { id: "18446744073709551617" }),
  odd("id a UUID", { id: "5b0c7b0e-3a1f-4d0e-9c53-1f0e4b7a9d11" }),
];

/** A frame that holds no trade, or not as it should. */
export interface OddFrame {
  name: string;
  /** Text, or the bytes of a frame that is sent as text or as binary. */
  frame: string | { bytes: Uint8Array; as: "text" | "binary" };
}

/** Ten million bytes. */
const HUGE = 10_000_000;

/** What frames can hold besides trades; made of a right frame. */
export function badFrames(frame: string): OddFrame[] {
  const bytes = new TextEncoder().encode(frame), spoilt = bytes.slice();
  spoilt[spoilt.length >> 1] = 0xff;
  const right: unknown = JSON.parse(frame);
  return [
    { name: "empty", frame: "" },
    { name: "no JSON", frame: "Service Unavailable" },
    { name: "cut off", frame: frame.slice(0, frame.length >> 1) },
    { name: "null", frame: "null" },
    { name: "a number", frame: "17" },
    { name: "an empty array", frame: "[]" },
    { name: "an array for an object", frame: JSON.stringify([right]) },
    { name: "arrays for objects", frame: JSON.stringify(asArrays(right)) },
    { name: "an empty object", frame: "{}" },
    { name: "binary", frame: { bytes, as: "binary" } },
    { name: "invalid UTF-8, binary", frame: { bytes: spoilt, as: "binary" } },
    { name: "invalid UTF-8, text", frame: { bytes: spoilt, as: "text" } },
    { name: "10 MB, no JSON", frame: "x".repeat(HUGE) },
    { name: "10 MB, padded", frame: `{"event":"notice","msg":"${"x".repeat(HUGE)}"}` },
    { name: "10 MB, an array", frame: `[${"0,".repeat(HUGE / 2)}0]` },
  ];
}

/** With the values of each object in its place. */
function asArrays(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return Object.values(value).map(asArrays);
}
