import type { Candle } from "../../engine/market/candles.ts";
import type { Instrument } from "../../engine/market/trade.ts";
import type { PlainRow } from "./parity_tape.ts";

const SECOND = 1_000, NANOSECONDS = 1_000_000n, GRACE = 2_000n * NANOSECONDS;

/** Prices and amounts of the tape have at most eight decimals. */
const DECIMALS = 8;

/**
 * The candles of one second that a tape has of one instrument, the plain way: whole numbers of
 * 10^-8 throughout, an interval [start, end) at a time. The first interval that was seen whole is the
 * one behind the first trade; the last is the one that a later trade ended, or that was 2 s past when
 * the tape ended, by the venue's own clock. Seconds between two trades whose ids do not follow each
 * other, theirs included, were not seen whole.
 */
export function plainCandles(
  rows: readonly PlainRow[],
  { exchange, symbol }: Instrument,
): Candle[] {
  const own = rows.filter((row) => row.market === exchange && row.symbol === symbol);
  const seconds = Map.groupBy(own, ({ timestamp }) => Math.floor(timestamp / SECOND));
  const first = Math.floor(own[0].timestamp / SECOND) + 1;
  const last = Math.max(Math.floor(own.at(-1)!.timestamp / SECOND), lastOver(rows, exchange));
  let close = seconds.get(first - 1)!.at(-1)!.price;
  const candles: Candle[] = [], unseen = unseenSeconds(own);
  for (let second = first; second < last; second++) {
    const inside = seconds.get(second) ?? [], time = (second + 1) * SECOND;
    if (!unseen.has(second)) {
      candles.push(inside.length > 0 ? traded(time, inside) : empty(time, Number(close)));
    }
    close = inside.at(-1)?.price ?? close;
  }
  return candles;
}

function unseenSeconds(rows: readonly PlainRow[]): Set<number> {
  const unseen = new Set<number>();
  for (let i = 1; i < rows.length; i++) {
    if (BigInt(rows[i].id) === BigInt(rows[i - 1].id) + 1n) continue;
    const last = Math.floor(rows[i].timestamp / SECOND);
    for (let at = Math.floor(rows[i - 1].timestamp / SECOND); at <= last; at++) unseen.add(at);
  }
  return unseen;
}

/** The second in which a venue's clock is, less the grace period, when the last row arrives. */
function lastOver(rows: readonly PlainRow[], exchange: string): number {
  const ahead = rows.filter(({ market }) => market === exchange)
    .map(({ timestamp, received }) => BigInt(timestamp) * NANOSECONDS - received);
  const offset = ahead.reduce((most, one) => one > most ? one : most);
  const end = rows.at(-1)!.received + offset - GRACE;
  return Number(end / NANOSECONDS / BigInt(SECOND));
}

function traded(time: number, rows: readonly PlainRow[]): Candle {
  const prices = rows.map(({ price }) => whole(price));
  const most = (a: bigint, b: bigint) => a > b ? a : b,
    least = (a: bigint, b: bigint) => a < b ? a : b;
  return {
    time,
    open: Number(rows[0].price),
    high: decimal(prices.reduce(most)),
    low: decimal(prices.reduce(least)),
    close: Number(rows.at(-1)!.price),
    volume: decimal(rows.reduce((sum, { amount }) => sum + whole(amount), 0n)),
    trades: rows.length,
    kind: "traded",
  };
}

function empty(time: number, price: number): Candle {
  const prices = { open: price, high: price, low: price, close: price };
  return { time, ...prices, volume: 0, trades: 0, kind: "empty" };
}

/** A decimal number in units of 10^-8. */
function whole(text: string): bigint {
  const [units, decimals = ""] = text.split(".");
  if (decimals.length > DECIMALS) throw new Error(`${text} has more than ${DECIMALS} decimals`);
  return BigInt(units + decimals.padEnd(DECIMALS, "0"));
}

/** The double nearest to so many 10^-8. */
function decimal(value: bigint): number {
  const digits = `${value}`.padStart(DECIMALS + 1, "0");
  return Number(`${digits.slice(0, -DECIMALS)}.${digits.slice(-DECIMALS)}`);
}
