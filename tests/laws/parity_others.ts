import assert from "node:assert/strict";
import type { Candles } from "../../engine/market/candles.ts";
import { besideCandles } from "../../engine/market/with_instruments.ts";
import type { BotRecord } from "../../engine/ports/bots.ts";
import type { Store } from "../../engine/ports/store.ts";
import { assertSameRows } from "./same_rows.ts";

/**
 * The candles that a bot decided, with the stored ones of the other markets that it reads beside them: as
 * far as all of these are stored. Of what these lack, and of nothing else, it has to be recorded that it
 * was decided without.
 */
export async function withOthers(
  store: Store,
  { id, config: { market, strategy } }: BotRecord,
  candles: Candles,
): Promise<Candles> {
  const nodes = Object.values(strategy.graph).filter(({ op }) => op === "instrument");
  const symbols = [...new Set(nodes.map(({ args }) => String(args!.symbol)))].sort();
  if (symbols.length === 0) return candles;
  const { timeframe } = candles, { exchange } = market;
  const others = await Promise.all(
    symbols.map((symbol) => store.marketData.candles({ exchange, symbol, timeframe })),
  );
  const through = Math.min(...others.map(({ time }) => time.at(-1) ?? -Infinity));
  const rows = candles.time.filter((time) => time <= through).length;
  assert.ok(rows > candles.length - 10, `only ${rows} of ${candles.length} could be decided`);
  const decided = besideCandles(
    candles.slice(0, rows),
    Object.fromEntries(symbols.map((symbol, n) => [symbol, others[n]])),
  );
  const missing = symbols.flatMap((symbol, n) => {
    const there = new Set(others[n].time);
    return [...decided.time].filter((time) => !there.has(time)).map((time) => ({ symbol, time }));
  });
  const inOrder = missing.toSorted((a, b) => a.time - b.time);
  assertSameRows(await store.missing.ofBot(id), inOrder, `missing candles of ${id}`);
  return decided;
}
