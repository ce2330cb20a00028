import type { Trade } from "../../engine/market/trade.ts";
import type { ServedTrade } from "../support/fake_exchange/tape_publisher.ts";

/** How stored trades differ from what was served. */
export interface TradeDifferences {
  lost: number;
  duplicated: number;
  /** How many of the served trades the stored ones stand for, by their own word. */
  stored: number;
  /** Stored with another time, price, side, amount or number of fills, or never served at all. */
  different: number;
}

/**
 * Compares one market's stored trades with what was served. A push may stand for several fills, whose
 * amounts it adds up under the id of the last; then each of them counts as stored.
 */
export function compareTrades(
  served: readonly ServedTrade[],
  stored: readonly Trade[],
): TradeDifferences {
  const fills = new Map(served.map((one) => [one.trade.id, one]));
  const pushes = Map.groupBy(served, ({ push }) => push.id), counts = new Map<string, number>();
  let different = 0, counted = 0;
  for (const trade of stored) {
    const one = fills.get(trade.id), count = trade.fills ?? 1;
    counted += count;
    if (!one || !isAlike(one.trade, trade)) {
      different++;
      continue;
    }
    const push = pushes.get(trade.id) ?? [one], total = sumOf(push);
    const covered = trade.amount === one.trade.amount ? [one] : trade.amount === total ? push : [];
    if (covered.length !== count) different++;
    for (const { trade: { id } } of covered) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const times = [...fills.keys()].map((id) => counts.get(id) ?? 0);
  const lost = times.filter((count) => count === 0).length;
  return {
    stored: counted,
    lost,
    duplicated: times.reduce((sum, n) => sum + Math.max(0, n - 1), 0),
    different,
  };
}

function isAlike(a: Trade, b: Trade): boolean {
  return a.timestamp === b.timestamp && a.price === b.price && a.side === b.side;
}

/** The sum of the fills' amounts, as a decimal. */
function sumOf(push: readonly ServedTrade[]): number {
  const decimals = 12,
    whole = (amount: number) => BigInt(amount.toFixed(decimals).replace(".", ""));
  const sum = push.reduce((total, { trade }) => total + whole(trade.amount), 0n);
  const digits = `${sum}`.padStart(decimals + 1, "0");
  return Number(`${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`);
}
