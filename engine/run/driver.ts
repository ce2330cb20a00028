import type { Account } from "../account/account.ts";
import type { EquityCurve } from "../account/equity_curve.ts";
import type { Intervention } from "../account/interventions.ts";
import type { Ledger } from "../account/ledger.ts";
import type { Signals } from "../account/signals.ts";
import type { Candles } from "../market/candles.ts";
import { openTime, type Timeframe } from "../market/timeframe.ts";

/** What gives the signals for candles: a plan, or columns that are there already. */
export interface Decider {
  /** Rows that `advance` takes at most. */
  readonly chunk: number;
  readonly signals: Signals;
  /** Takes the candles [from, to); returns the row of `signals` that is that of candle `from`. */
  advance(candles: Candles, from: number, to: number): number;
  /** The named series, whose rows are those of `signals`. */
  readonly named: readonly (readonly [name: string, column: Float64Array])[];
}

/**
 * Signals and an account that take candles together, in backtests and bots alike. What drives accounts otherwise, a
 * portfolio and a sweep, is held to it by tests.
 */
export class Driver {
  constructor(
    readonly account: Account,
    readonly decider: Decider,
    private readonly timeframe: Timeframe,
    /** The account acts on no candle that opens before this time (UTC milliseconds). */
    private readonly start = -Infinity,
  ) {}

  /** Takes what people ask of the account, between two candles: it holds from the next close on. */
  intervene(asked: Intervention): void {
    this.account.intervene(asked);
  }

  /**
   * Takes the candles [from, to), each once, in order. Row `from` of the curve is at `curveFrom`. Returns
   * how many rows the account acted on: all but those before the start.
   */
  advance(
    candles: Candles,
    from: number,
    to: number,
    curve: EquityCurve,
    curveFrom: number,
    ledger: Ledger,
  ): number {
    const { account, decider, timeframe, start } = this;
    let acted = 0;
    for (let begin = from; begin < to; begin += decider.chunk) {
      const end = Math.min(begin + decider.chunk, to);
      const row = decider.advance(candles, begin, end);
      let first = begin;
      while (first < end && openTime(candles.time[first], timeframe) < start) first++;
      account.advance(
        candles,
        first,
        end,
        decider.signals,
        row + first - begin,
        curve,
        curveFrom + acted,
        ledger,
      );
      acted += end - first;
    }
    return acted;
  }
}
