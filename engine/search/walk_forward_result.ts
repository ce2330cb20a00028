import type { MetricsSettings } from "../metrics/settings.ts";
import { sharpe } from "../metrics/sharpe.ts";
import { drawnAlong } from "../research/monte_carlo/drawing.ts";
import type { Result } from "../research/result.ts";
import type { ShownNumbers } from "../research/sweep/numbers.ts";
import { Columns, Table } from "../research/table.ts";
import type { ParameterValues } from "../series/scalars.ts";
import type { WindowSpan } from "./walk_forward_spans.ts";

/** One window of a walk forward. Times are UTC milliseconds, ratios are a year's. */
export interface WalkForwardWindow extends WindowSpan {
  /** What was chosen, and what it had come to over the days of training. */
  params: ParameterValues;
  inSample: ShownNumbers;
  /** The Sharpe ratio of these. */
  trained: number;
  /**
   * What came of it over the days behind them; what was open is closed at the last close, and paid for.
   */
  totalReturn: number;
  sharpe: number;
  maxDrawdown: number;
  trades: number;
  result: Result;
}

/** A window as a row of a table: what was chosen, and each number in sample and out of it. */
export type WindowRow =
  & WindowSpan
  & Record<`${keyof ShownNumbers}${"In" | "Out"}`, number>
  & { params: ParameterValues };

/** What a walk forward was made of. */
export interface WalkForwardParts {
  folds: readonly WalkForwardWindow[];
  /**
   * Equity before the first test, and behind each candle of all tests, each going on with the money of
   * the one before.
   */
  balance: number;
  time: Float64Array;
  equity: Float64Array;
  /** Returns of the periods of all tests, and how they are measured. */
  returns: Float64Array;
  settings: MetricsSettings;
  notes: readonly string[];
}

/** A strategy whose parameters were chosen again and again by what was known then. */
export class WalkForward {
  readonly folds: readonly WalkForwardWindow[];
  readonly balance: number;
  /** Equity behind each candle of all tests. */
  readonly equity: Columns<"time" | "equity">;
  /** What all tests together returned, each going on with the money of the one before. */
  readonly totalReturn: number;
  /** Sharpe ratio, a year, of the days of all tests. */
  readonly sharpe: number;
  /** Deepest fall of equity below its peak over all tests, as a fraction, negative. */
  readonly maxDrawdown: number;
  /**
   * What a reader should know of how it came about: what ended all trading, a last test that is shorter
   * than asked, days that are in no test.
   */
  readonly notes: readonly string[];
  /** Closed trades of all tests, without those that their ends closed. */
  readonly trades: number;
  /**
   * What training showed on average: the mean Sharpe ratio, a year, of what was chosen, over the windows
   * where it is known (what did not trade has none). NaN if it is known in none.
   */
  readonly trained: number;
  /** In how many windows it is not known. */
  readonly unknownWindows: number;
  /** The Sharpe ratio as a part of what training showed: NaN where that is not above 0, or not known. */
  readonly efficiency: number;

  constructor({ folds, balance, time, equity, returns, settings, notes }: WalkForwardParts) {
    const known = folds.map(({ trained }) => trained).filter((ratio) => !Number.isNaN(ratio));
    this.trained = known.reduce((sum, ratio) => sum + ratio, 0) / known.length;
    this.unknownWindows = folds.length - known.length;
    this.folds = folds;
    this.notes = notes;
    this.balance = balance;
    this.equity = new Columns({ time, equity });
    this.totalReturn = equity[equity.length - 1] / balance - 1;
    this.sharpe = sharpe(returns, settings);
    this.maxDrawdown = drawnAlong(balance, equity).maxDrawdown;
    this.trades = folds.reduce((sum, fold) => sum + fold.trades, 0);
    this.efficiency = this.trained > 0 ? this.sharpe / this.trained : NaN;
  }

  /** Window by window what was chosen, and what it came to in sample and out of it. */
  table(): Table<WindowRow> {
    return new Table(
      this.folds.map(({ trainFrom, trainTo, testFrom, testTo, params, inSample, ...out }) => ({
        ...{ trainFrom, trainTo, testFrom, testTo, params },
        totalReturnIn: inSample.totalReturn,
        totalReturnOut: out.totalReturn,
        sharpeIn: inSample.sharpe,
        sharpeOut: out.sharpe,
        maxDrawdownIn: inSample.maxDrawdown,
        maxDrawdownOut: out.maxDrawdown,
        tradesIn: inSample.trades,
        tradesOut: out.trades,
      })),
    );
  }
}
