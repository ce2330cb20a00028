import type { Candles } from "../../market/candles.ts";
import { periodLastRows } from "../../metrics/period_last_rows.ts";
import type { MetricsSettings } from "../../metrics/settings.ts";

/** The periods over which returns are taken: the same for all sets of a sweep. */
export class Periods {
  /** The last row of each. */
  readonly lastRows: Int32Array;
  /** Whether each candle is one: of that many, only sums are kept. */
  readonly isEachCandle: boolean;

  constructor(candles: Candles, readonly settings: MetricsSettings) {
    this.lastRows = periodLastRows(candles, settings.period);
    this.isEachCandle = settings.period === candles.timeframe;
  }
}
