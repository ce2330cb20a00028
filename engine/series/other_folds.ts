import type { Candle } from "../market/candles.ts";
import { CANDLE_FOLD_SLOTS, CandleFold } from "../market/candle_fold.ts";
import type { Source } from "../market/resample.ts";
import { closeTime, openTime, type Timeframe } from "../market/timeframe.ts";
import type { OtherRows } from "./candle_rows.ts";
import { instrumentsOf, type Program } from "./program.ts";

/** From which candles which are made, and how: see `Source`. */
interface Clocks {
  from: Timeframe;
  to: Timeframe;
  source: Source;
}

/** Doubles that `OtherFolds` keeps for the longer candles that a program reads. */
export function otherFoldSlots(program: Program): number {
  return CANDLE_FOLD_SLOTS * instrumentsOf(program).size;
}

/**
 * Folds the rows of other markets into longer candles that close when those of the run's own do: of the
 * rows that are there, or, where these are made strictly, none if one is unknown.
 */
export class OtherFolds {
  private readonly folds: readonly (readonly [string, OtherRows, CandleFold])[];
  private row = 0;
  private time = NaN;
  private isTaken = true;

  constructor(
    program: Program,
    rows: ReadonlyMap<string, OtherRows>,
    private readonly clocks: Clocks,
    state: Float64Array,
  ) {
    const slots = CANDLE_FOLD_SLOTS;
    this.folds = [...instrumentsOf(program)].map((symbol, n) => {
      const fold = new CandleFold(state.subarray(n * slots, (n + 1) * slots));
      return [symbol, rows.get(symbol)!, fold];
    });
  }

  /** Says which row is next, and when it closes. */
  next(row: number, time: number): void {
    this.row = row;
    this.time = time;
    this.isTaken = false;
  }

  /** Takes that row, unless it was taken already. */
  take(): void {
    if (this.isTaken) return;
    this.isTaken = true;
    for (const [, rows, fold] of this.folds) this.add(rows, fold);
  }

  /** The candle of a market that closes at `label`; nothing if it is unknown. */
  candle(symbol: string, label: number): Candle | undefined {
    // A candle that ends with the next row is made of it, too; one that ended before is not.
    if (label === this.time) this.take();
    const [, , fold] = this.folds.find(([name]) => name === symbol)!;
    return fold.label === label && fold.traded && !fold.partial ? fold.candle() : undefined;
  }

  private add(rows: OtherRows, fold: CandleFold): void {
    const { row: i, time, clocks: { from, to, source } } = this;
    const label = closeTime(openTime(time, from), to);
    if (label !== fold.label) fold.begin(label, false);
    // Where a candle is there, its close is.
    const isThere = rows.close[i] === rows.close[i];
    if (isThere) {
      fold.add(rows.open[i], rows.high[i], rows.low[i], rows.close[i], rows.volume[i], NaN);
    } else if (source === "strict") fold.spoil();
  }
}
