import { type Candle, type CandleColumns, Candles, type Field } from "./candles.ts";
import { CANDLE_FOLD_SLOTS, CandleFold } from "./candle_fold.ts";
import { checkOptions } from "./check_options.ts";
import { InputError } from "./errors.ts";
import { closeTime, nests, openTime, type Timeframe } from "./timeframe.ts";

/**
 * Whether a source has a candle for every interval that it observed (`complete`), or none where the
 * market was silent (`sparse`). A `strict` one is complete, and gives no coarse candle where one of its
 * rows is missing: so exchanges' time is recorded as they are observed.
 */
export type Source = "complete" | "sparse" | "strict";

/** Doubles that a resampler keeps. */
export function resamplerSlots(source: Source): number {
  return CANDLE_FOLD_SLOTS + (source === "strict" ? 1 : 0);
}

/** Where a strict one keeps the close time of the row before. */
const LAST = CANDLE_FOLD_SLOTS;

/** The columns that resampling reads; the counts of trades may be absent. */
type Rows = Pick<CandleColumns, "time" | Field> & Partial<Pick<CandleColumns, "trades">>;

/**
 * Folds candles into coarser ones as they arrive. A coarse candle closes with the row that ends it
 * or, where that row is missing, before the next one. A first
 * interval whose beginning was not seen gives none; behind a gap, a coarse candle is made of the rows
 * that are there.
 */
export class Resampler {
  private readonly fold: CandleFold;

  constructor(
    readonly from: Timeframe,
    readonly to: Timeframe,
    private readonly source: Source = "complete",
    private readonly state: Float64Array = new Float64Array(resamplerSlots(source)),
  ) {
    if (!nests(from, to)) {
      throw new InputError(
        `Cannot resample ${from} candles to ${to}: every ${to} boundary must be one of ${from}`,
      );
    }
    this.fold = new CandleFold(state.subarray(0, CANDLE_FOLD_SLOTS));
  }

  /** Takes row `i`; calls `emit` for each coarse candle that is closed now. */
  push(rows: Rows, i: number, emit: (candle: Candle) => void): void {
    const { fold } = this, start = openTime(rows.time[i], this.from);
    const label = closeTime(start, this.to), isFirst = fold.label === 0;
    if (label !== fold.label) {
      if (!this.isStrict) this.flush(emit);
      const startsLate = start !== openTime(label, this.to);
      fold.begin(label, startsLate && (this.isStrict || (isFirst && this.source === "complete")));
    } else if (this.isStrict && start !== this.state[LAST]) fold.spoil();
    if (this.isStrict) this.state[LAST] = rows.time[i];
    fold.add(
      rows.open[i],
      rows.high[i],
      rows.low[i],
      rows.close[i],
      rows.volume[i],
      rows.trades?.[i] ?? NaN,
    );
    if (rows.time[i] === label) {
      this.flush(emit);
      fold.begin(label, true);
    }
  }

  private get isStrict(): boolean {
    return this.source === "strict";
  }

  /** Gives the candle in the making, if it has any rows and was seen as far as the source demands. */
  flush(emit: (candle: Candle) => void): void {
    if (this.fold.label !== 0 && this.fold.traded && !this.fold.partial) emit(this.fold.candle());
  }
}

/**
 * Coarser candles from finer ones. Volumes are added exactly.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { Candles } from "./candles.ts";
 * const row = { open: 1, high: 2, low: 1, close: 2, volume: 0.1, trades: 1, kind: "traded" as const };
 * const minutes = Candles.fromRows("1m", [1, 2, 3, 4, 5].map((m) => ({ ...row, time: m * 60_000 })));
 * assert.equal(resample(minutes, "5m").row(0).volume, 0.5);
 * ```
 */
export function resample(
  candles: Candles,
  timeframe: Timeframe,
  options: { source?: Source } = {},
): Candles {
  checkOptions(options, ["source"], "resample");
  const rows: Candle[] = [], emit = (candle: Candle) => rows.push(candle);
  const resampler = new Resampler(candles.timeframe, timeframe, options.source);
  for (let i = 0; i < candles.length; i++) resampler.push(candles, i, emit);
  if (options.source === "sparse") resampler.flush(emit);
  return Candles.fromRows(timeframe, rows, candles.decimals);
}
