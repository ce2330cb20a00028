import { openTime, type Timeframe, TIMEFRAMES } from "../../market/timeframe.ts";
import type { Instrument } from "../../market/trade.ts";
import type { MarketKey, Store } from "../../ports/store.ts";
import { CandleOutput, type LongerMade, madeOf } from "./candle_output.ts";
import { candlePages } from "../candle_pages.ts";
import { CollectedMarket } from "./collected_market.ts";
import { LongerCandles } from "./longer_candles.ts";
import { lookBack } from "./look_back.ts";
import { MarketCandles } from "./market_candles.ts";
import { MarketJobs } from "../outbox/market_jobs.ts";
import type { MarketPlace } from "./market_place.ts";
import { storedTrades } from "./stored_trades.ts";
import { wantedFrom } from "./wanted_from.ts";
import { warmUp } from "../history/warm_up.ts";

/** No market is collected in longer candles than these, so that little is lost by a restart. */
const LONGEST_BASE: Timeframe = "1m";

/** A market that goes on behind what is stored of it. Throws what the store throws. */
export async function prepareMarket(
  instrument: Instrument,
  timeframes: readonly Timeframe[],
  place: MarketPlace,
): Promise<CollectedMarket> {
  const { store, outbox, told } = place, { exchange, symbol } = instrument;
  const keyOf = (timeframe: Timeframe): MarketKey => ({ exchange, symbol, timeframe });
  const shortest = TIMEFRAMES.find((one) => one === LONGEST_BASE || timeframes.includes(one))!;
  const key = keyOf(shortest), others = timeframes.filter((one) => one !== shortest).map(keyOf);
  await warmUp(key, others, place);
  const latest = await store.marketData.latestCandle(key), longer: LongerCandles[] = [];
  for (const other of others) {
    const stored = await store.marketData.latestCandle(other);
    longer.push(new LongerCandles(other, key, stored?.time ?? -Infinity));
  }
  const jobs = new MarketJobs(instrument, key, outbox, told);
  const output = new CandleOutput(key, longer, jobs, latest);
  if (!latest) {
    const from = await wantedFrom(store, instrument, place.clock.now());
    const known = from === undefined ? undefined : { from, previousClose: NaN, stored: [] };
    const base = new MarketCandles(key, known);
    return new CollectedMarket({ instrument, jobs, output, recalled: [], base }, place);
  }
  const known = await lookBack(store, key, latest);
  const base = new MarketCandles(key, known, latest.time);
  const kept = place.rawTrades ? await storedTrades(store, instrument, known.from) : undefined;
  output.remakeFrom(known.from);
  const recalled: LongerMade[] = [];
  for (const one of longer) await recall(store, key, one, latest.time, recalled);
  return new CollectedMarket({ instrument, jobs, output, recalled, base, kept }, place);
}

/** Gives a longer timeframe the stored candles up to `to` of which its next one will be made. */
async function recall(
  store: Store,
  base: MarketKey,
  longer: LongerCandles,
  to: number,
  recalled: LongerMade[],
): Promise<void> {
  const start = openTime(longer.labelOf(to), longer.key.timeframe), { storedTo } = longer;
  const after = storedTo === -Infinity ? start : Math.min(start, storedTo);
  for await (const rows of candlePages(store, base, { after, to, revision: "latest" })) {
    for (const row of rows.rows()) {
      for (const made of madeOf(longer, longer.push(row))) recalled.push(made);
    }
  }
}
