import { Account, ACCOUNT_SLOTS } from "../account/account.ts";
import type { EquityCurve } from "../account/equity_curve.ts";
import type { Signals } from "../account/decide.ts";
import type { ClosedTrade, Ledger, Signal } from "../account/ledger.ts";
import type { AccountSettings } from "../account/settings.ts";
import type { Candles } from "../market/candles.ts";
import { InputError } from "../market/errors.ts";
import { openTime, type Timeframe } from "../market/timeframe.ts";
import type { Expression } from "../series/expression.ts";
import { Plan } from "../series/plan.ts";
import type { ParameterValues } from "../series/scalars.ts";
import { stopValues } from "../strategy/stop_values.ts";
import { sellsShort, type Strategy, valuesFor } from "../strategy/strategy.ts";

/**
 * Rises with every change of the numbers of account, candle fold or snapshot. (Operators have versions
 * of their own.) A run under another version is another run.
 */
export const RUN_VERSION = 1;

/** All that the numbers of a run depend on, besides its candles. */
export interface RunSpec {
  strategy: Strategy;
  parameters: ParameterValues;
  account: AccountSettings;
  timeframe: Timeframe;
  /** Decimals of the instrument's prices; `undefined` if they are no decimal numbers. */
  decimals: number | undefined;
  /** The account acts on no candle that opens before this time (UTC milliseconds). */
  start?: number;
  /** Rows a chunk; the numbers do not depend on it. */
  chunk?: number;
}

/** Where a run puts what happens. */
export interface Events {
  signal(signal: Signal): void;
  trade(trade: ClosedTrade): void;
}

const NOTHING = 0;

/**
 * The one driver: a plan and an account that take candles together. Backtest and bot differ only in
 * how many candles arrive at once.
 */
export class Run {
  readonly account: Account;
  private readonly plan: Plan;
  private readonly signals: Signals;
  private readonly series: [name: string, column: Float64Array][];
  private readonly timeframe: Timeframe;
  private readonly start: number;

  constructor({ strategy, parameters, account, timeframe, decimals, start, chunk }: RunSpec) {
    if (sellsShort(strategy) && !account.shorts) {
      throw new InputError(
        `${strategy.name} sells short, but the account may not: set account.shorts to true, ` +
          `or use a strategy without enterShort`,
      );
    }
    const values = valuesFor(strategy, parameters);
    const { confidence, ...conditions } = strategy.signals;
    const expressions: Record<string, Expression> = {};
    for (const [name, expression] of Object.entries({ ...conditions, confidence })) {
      if (expression) expressions[`signal ${name}`] = expression;
    }
    for (const [name, expression] of Object.entries(strategy.series)) {
      expressions[`series ${name}`] = expression;
    }
    this.plan = new Plan(expressions, { timeframe, decimals, parameters: values, chunk });
    this.account = new Account(account, stopValues(strategy.stops, values), timeframe);
    this.timeframe = timeframe;
    this.start = start ?? -Infinity;
    const absent = this.plan.constant(NOTHING), unknown = this.plan.constant(NaN);
    const column = (name: string, otherwise: Float64Array) =>
      `signal ${name}` in expressions ? this.plan.column(`signal ${name}`) : otherwise;
    this.signals = {
      enterLong: column("enterLong", absent),
      exitLong: column("exitLong", absent),
      enterShort: column("enterShort", absent),
      exitShort: column("exitShort", absent),
      confidence: column("confidence", unknown),
    };
    this.series = Object.keys(strategy.series).map((
      name,
    ) => [name, this.plan.column(`series ${name}`)]);
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
    events: Events,
  ): number {
    const ledger: Ledger = {
      signal: (row, signal) => events.signal({ ...signal, values: this.valuesAt(row) }),
      trade: (trade) => events.trade(trade),
    };
    let acted = 0;
    for (let begin = from; begin < to; begin += this.plan.chunk) {
      const end = Math.min(begin + this.plan.chunk, to);
      this.plan.advance(candles, begin, end);
      let first = begin;
      while (first < end && openTime(candles.time[first], this.timeframe) < this.start) first++;
      const row = this.plan.begin + first - begin;
      this.account.advance(
        candles,
        first,
        end,
        this.signals,
        row,
        curve,
        curveFrom + acted,
        ledger,
      );
      acted += end - first;
    }
    return acted;
  }

  /** Whether `restore` wants `replay` first: the strategy uses operators whose state is hidden. */
  get replays(): boolean {
    return this.plan.replays;
  }

  /**
   * Takes candles again that another run of this spec took before it was saved: all of them, from its
   * first one on, in order. Nothing is decided.
   */
  replay(candles: Candles): void {
    for (let from = 0; from < candles.length; from += this.plan.chunk) {
      this.plan.advance(candles, from, Math.min(from + this.plan.chunk, candles.length));
    }
  }

  /** All that the run remembers, as bytes; but see `replays`. */
  save(): Uint8Array {
    const state = new Float64Array(ACCOUNT_SLOTS + this.plan.size);
    this.account.save(state);
    this.plan.save(state, ACCOUNT_SLOTS);
    return new Uint8Array(state.buffer);
  }

  /**
   * Takes over what `save` of a run of the same spec gave; after `replay`, where the run `replays`.
   * Throws an `InputError` if the candles that were replayed are not those of that run.
   */
  restore(bytes: Uint8Array): void {
    const size = ACCOUNT_SLOTS + this.plan.size;
    if (bytes.length !== 8 * size) {
      throw new RangeError(
        `Cannot restore ${bytes.length} bytes: this run remembers ${
          8 * size
        }, so they are of another`,
      );
    }
    // Copied by hand: the bytes may be a Node Buffer, whose slice() is a view into a shared pool.
    const state = new Float64Array(new Uint8Array(bytes).buffer);
    this.account.restore(state);
    this.plan.restore(state, ACCOUNT_SLOTS);
  }

  private valuesAt(row: number): Record<string, number> {
    const values: Record<string, number> = {};
    for (const [name, column] of this.series) values[name] = column[row];
    return values;
  }
}
