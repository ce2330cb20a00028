import assert from "node:assert/strict";
import type { Candles } from "../../engine/market/candles.ts";
import { readCandlesCsv } from "../../engine/market/candles_csv.ts";
import { fillSilence } from "../../engine/market/fill_silence.ts";
import { resample } from "../../engine/market/resample.ts";
import { openTime, type Timeframe } from "../../engine/market/timeframe.ts";
import { backtest } from "../../engine/research/backtest.ts";
import type { Result } from "../../engine/research/result.ts";
import { crossesAbove, sma } from "../../engine/series/mod.ts";
import { number, whole } from "../../engine/strategy/parameters.ts";
import { strategy } from "../../engine/strategy/strategy.ts";
import { asWritten } from "../support/as_written.ts";
import { sharedPath, sharedTest } from "../support/shared.ts";

const DISTANCE = number(0.01, { min: 0.0001, max: 0.5 });

/** Leaves by its stop or its target alone, so that which came first is all that there is to it. */
const bracket = strategy("bracket", { fast: whole(3), stop: DISTANCE, target: DISTANCE }, {
  build: ({ fast, stop, target }, { close }) => ({
    enterLong: crossesAbove(close, sma(close, fast)),
    stopLoss: stop,
    takeProfit: target,
  }),
});

/** What the candles behind an entry at an open did first, read one by one. */
function firstReached(candles: Candles, from: number, entryPrice: number, distance: number) {
  const stop = asWritten(entryPrice * (1 - distance));
  const target = asWritten(entryPrice * (1 + distance));
  for (let row = from;; row++) {
    const { time, open, high, low } = candles.row(row), opened = openTime(time, candles.timeframe);
    if (open <= stop) return { reason: "stopLoss", price: open, time: opened, both: false };
    if (open >= target) return { reason: "takeProfit", price: open, time: opened, both: false };
    if (low <= stop) return { reason: "stopLoss", price: stop, time, both: high >= target };
    if (high >= target) return { reason: "takeProfit", price: target, time, both: false };
  }
}

/** Holds every trade to the candles that it was filled by; returns how many were ambiguous. */
function assertFirst(candles: Candles, { trades, counts }: Result, distance: number): void {
  const rows = new Map(
    Array.from(candles.time, (time, i) => [openTime(time, candles.timeframe), i]),
  );
  let both = 0;
  for (const trade of trades) {
    const row = rows.get(trade.entryTime)!;
    const first = firstReached(candles, row, trade.entryPrice, distance);
    assert.deepEqual(
      [trade.reason, trade.exitPrice, trade.exitTime],
      [first.reason, first.price, first.time],
    );
    if (first.both) both++;
  }
  assert.equal(counts.ambiguous, both);
}

/** A file of short candles, the strategy's own timeframe, and how near stop and target are. */
interface Case {
  file: string;
  timeframe: Timeframe;
  distance: number;
  /** So many trades, at least, are left open by the long candles. */
  least: number;
  /** So many of them, at least, were taken for losses and had been gains. */
  wrong: number;
}

/** Real candles, silent intervals filled in where the source leaves them out. */
async function readCase({ file }: Case): Promise<Candles> {
  const candles = await readCandlesCsv(sharedPath(`data/${file}`), { stamp: "open" });
  if (!file.includes("coinbase")) return candles;
  const from = openTime(candles.time[0], candles.timeframe);
  return fillSilence(candles, [{ from, to: candles.time[candles.length - 1] }]);
}

const COINBASE = "candles_coinbase_btcusd_1m_201610.csv.gz";
const XRP = "candles_binance_spot_xrpusdt_30m_2020_2025.csv.gz";

const CASES: Case[] = [
  { file: COINBASE, timeframe: "1h", distance: 0.0002, least: 2, wrong: 0 },
  { file: COINBASE, timeframe: "15m", distance: 0.0002, least: 5, wrong: 2 },
  { file: XRP, timeframe: "4h", distance: 0.008, least: 400, wrong: 200 },
];

for (const one of CASES) {
  sharedTest(`Short candles know what ${one.timeframe} ones leave open: ${one.file}`, async () => {
    const short = await readCase(one), { timeframe, distance, least } = one;
    const long = resample(short, timeframe, { source: "strict" });
    const params = { stop: distance, target: distance }, account = { fee: 0 };
    const plain = backtest(bracket, long, { params, account });
    const fine = backtest(bracket, short, { params, account, timeframe });
    assertFirst(long, plain, distance);
    assertFirst(short, fine, distance);
    const { ambiguous } = plain.counts;
    assert(ambiguous >= least, `${ambiguous} ambiguous`);
    assert(fine.counts.ambiguous < ambiguous / 3, `${fine.counts.ambiguous} of ${ambiguous}`);
    const gains = new Set(
      fine.trades.rows.filter(({ reason }) => reason === "takeProfit").map((it) => it.entryTime),
    );
    const wrong = plain.trades.rows.filter((it) =>
      it.reason === "stopLoss" && gains.has(it.entryTime)
    );
    assert(wrong.length >= one.wrong, `${wrong.length} wrong`);
  });
}
