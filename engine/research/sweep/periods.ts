import type { Candles } from "../../market/candles.ts";
import { periodCount } from "../../metrics/period_count.ts";
import { periodLastRows } from "../../metrics/period_last_rows.ts";
import type { MetricsSettings } from "../../metrics/settings.ts";

/** The periods over which returns are taken: the same for all sets of a sweep. */
export class Periods {
  /** The last row of each; none where each candle is a period. */
  readonly lastRows: Int32Array;
  /** Whether each candle is one: of that many, only sums are kept, unless the returns are asked for. */
  readonly isEachCandle: boolean;

  constructor(
    private readonly candles: Candles,
    readonly settings: MetricsSettings,
    keepsReturns = false,
  ) {
    const { period } = settings;
    this.isEachCandle = period === candles.timeframe && !keepsReturns;
    this.lastRows = this.isEachCandle ? new Int32Array(0) : periodLastRows(candles, period);
  }

  /** How many periods there are up to and with that of a row; all of them unless given. */
  count(row: number = this.candles.length - 1): number {
    return periodCount(this.candles.slice(0, row + 1), this.settings.period);
  }
}
