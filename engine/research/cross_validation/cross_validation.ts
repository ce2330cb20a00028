import { quantile } from "../../metrics/quantile.ts";
import type { MetricsSettings } from "../../metrics/settings.ts";
import { sharpe } from "../../metrics/sharpe.ts";
import type { ParameterValues } from "../../series/scalars.ts";
import { Table } from "../table.ts";

/** One choice of test groups. Ratios are a year's; NaN is unknown. */
export interface SplitRow {
  /** Which groups are tested, from 0 on. */
  tested: readonly number[];
  /**
   * What was best in training, and its Sharpe ratio there and in the tests; undefined and NaN where
   * training showed no ratio of any set.
   */
  params: ParameterValues | undefined;
  sharpeIn: number;
  sharpeOut: number;
  /** How many periods it was trained on, what was purged and embargoed being left out. */
  trained: number;
}

/** One way through all groups, each tested by a set that was chosen without it. */
export interface PathRow {
  totalReturn: number;
  /** A year. */
  sharpe: number;
}

/** What cross-validation of a search came to. */
export class CrossValidation {
  /** The Sharpe ratio of each path, a year. */
  readonly sharpes: Float64Array;

  constructor(
    readonly groups: number,
    readonly splits: readonly SplitRow[],
    /**
     * The returns of each path, period by period; `time` has the ends of the periods (UTC
     * milliseconds).
     */
    readonly paths: readonly Float64Array[],
    readonly time: Float64Array,
    readonly settings: MetricsSettings,
    /** What a reader should know of how it came about. */
    readonly notes: readonly string[] = [],
  ) {
    this.sharpes = Float64Array.from(paths, (returns) => sharpe(returns, settings));
  }

  /** How many of the paths, 0 to 1, have no Sharpe ratio above 0. */
  get chanceOfLoss(): number {
    return this.sharpes.filter((one) => !(one > 0)).length / this.paths.length;
  }

  /** The Sharpe ratio a year below which so large a part of the paths lies. */
  quantile(at: number): number {
    return quantile(this.sharpes, at);
  }

  /** The paths, each with its return and its Sharpe ratio. */
  table(): Table<PathRow> {
    return new Table(
      this.paths.map((returns, path) => ({
        totalReturn: returns.reduce((worth, one) => worth * (1 + one), 1) - 1,
        sharpe: this.sharpes[path],
      })),
    );
  }
}
