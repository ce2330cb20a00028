import { LEAST, MOST } from "../market/checks.ts";
import type { Trade } from "../market/trade.ts";
import type { CcxtTrade } from "./ccxt_exchange.ts";
import { decimalNumber } from "./decimal_number.ts";

/** A trade as it came, with what the venue says about it. */
export interface Arrival {
  trade: Trade;
  /** How many ids it stands for, its own the last of them: exchanges may join a taker's fills. */
  fills: number;
  /** The exchange's time when it came, UTC milliseconds. */
  received: number;
}

/** Why something was not taken for a trade. */
export type Refusal =
  | "id is missing"
  | "id is no id"
  | "price is no number"
  | "price is out of range"
  | "amount is no number"
  | "amount is out of range"
  | "side is neither buy nor sell"
  | "timestamp is no time in milliseconds"
  | "timestamp is ahead of the exchange's clock"
  | "symbol is another"
  | "frame is too large"
  | "frame is no text"
  | "frame is not JSON"
  | "frame cannot be read"
  | "frame holds no trade";

/** What a trade must match. */
export interface TradeTerms {
  symbol: string;
  /** The names in `info` of what must be text or a number there, not a list. */
  fields: readonly string[];
  /** The name in `info` of the symbol, where ccxt does not read each trade's own. */
  symbolField?: string;
  /** The latest timestamp that can be right, UTC milliseconds. */
  latest: number;
}

/** Nothing was traded on an exchange before bitcoin was there. */
const EARLIEST = Date.UTC(2009, 0, 3);

/** Ids are digits, UUIDs and the like; anything else is what JavaScript makes of a list or an object. */
const ID = /^[\w.:-]{1,128}$/;

/** The trade, strictly read, or why it is none. */
export function readTrade(raw: CcxtTrade, terms: TradeTerms): Trade | Refusal {
  if (raw.symbol !== terms.symbol || !hasPlainFields(raw.info, terms)) {
    return raw.symbol === terms.symbol ? "frame cannot be read" : "symbol is another";
  }
  if (terms.symbolField !== undefined && namedIn(raw.info, terms) !== terms.symbol) {
    return "symbol is another";
  }
  const { id, timestamp, side } = raw;
  if (id === undefined || id === null || id === "") return "id is missing";
  const idText = typeof id === "number" && Number.isSafeInteger(id) ? String(id) : id;
  if (typeof idText !== "string" || !ID.test(idText)) return "id is no id";
  if (typeof timestamp !== "number" || !Number.isSafeInteger(timestamp) || timestamp < EARLIEST) {
    return "timestamp is no time in milliseconds";
  }
  if (timestamp > terms.latest) return "timestamp is ahead of the exchange's clock";
  const price = decimalNumber(raw.price), amount = decimalNumber(raw.amount);
  if (price === undefined) return "price is no number";
  if (!(price >= LEAST && price <= MOST)) return "price is out of range";
  if (amount === undefined) return "amount is no number";
  if (!(amount >= LEAST && amount <= MOST)) return "amount is out of range";
  if (side !== "buy" && side !== "sell") return "side is neither buy nor sell";
  return { id: idText, timestamp, price, amount, side };
}

/** ccxt makes text of whatever it finds: of ["5"], say, a 5. */
function hasPlainFields(info: unknown, { fields }: TradeTerms): boolean {
  if (fields.length === 0) return true;
  if (typeof info !== "object" || info === null) return false;
  if (Array.isArray(info)) return info.every((cell) => typeof cell !== "object" || cell === null);
  const values = info as Readonly<Record<string, unknown>>;
  for (const field of fields) {
    const value = values[field];
    if (typeof value === "object" && value !== null) return false;
  }
  return true;
}

function namedIn(info: unknown, { symbolField, symbol }: TradeTerms): unknown {
  if (typeof info !== "object" || info === null || Array.isArray(info)) return symbol;
  return (info as Readonly<Record<string, unknown>>)[symbolField ?? ""] ?? symbol;
}
