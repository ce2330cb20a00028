import { Account, type Shared } from "../account/account.ts";
import { checkTogether } from "../account/check_together.ts";
import type { AccountSettings } from "../account/settings.ts";
import { ACCOUNT_SLOTS } from "../account/state.ts";
import type { Candles } from "../market/candles.ts";
import { InputError } from "../market/errors.ts";
import type { Timeframe } from "../market/timeframe.ts";
import { Plan } from "../series/plan.ts";
import type { ParameterValues } from "../series/scalars.ts";
import { stopValues } from "../strategy/stop_values.ts";
import { sellsShort, type Strategy, valuesFor } from "../strategy/strategy.ts";
import { type Decider, Driver } from "./driver.ts";
import { CONDITIONS, decisionExpressions, signalsOf } from "./signals_of.ts";
import { packSnapshot, unpackSnapshot } from "./snapshot.ts";

/**
 * Rises with every change of the numbers of account, candle fold or snapshot. (Operators have versions
 * of their own.) A run under another version is another run.
 */
export const RUN_VERSION = 12;

/** All that the numbers of a run depend on, besides its candles. */
export interface RunSpec {
  strategy: Strategy;
  parameters: ParameterValues;
  account: AccountSettings;
  /** The strategy's: what it counts and sees in candles are candles of this timeframe. */
  timeframe: Timeframe;
  /**
   * That of the candles, where it is a shorter one, whose boundaries are among those of the other. The
   * strategy decides where a candle of its own closes; fills, stops and equity go by these.
   */
  base?: Timeframe;
  /** Decimals of the instrument's prices; `undefined` if they are no decimal numbers. */
  decimals: number | undefined;
  /** The account acts on no candle that opens before this time (UTC milliseconds). */
  start?: number;
  /** Rows a chunk; the numbers do not depend on it. */
  chunk?: number;
  /** Whether the candles stay as they are while the run goes through them; the numbers do not depend on it. */
  inPlace?: boolean;
}

/**
 * A strategy's plan and its account, and all that they remember. `decideCandles` gives its driver candles,
 * in backtest and bot, which differ only in how many arrive at once.
 */
export class Run {
  readonly account: Account;
  /** What decides; a portfolio drives it beside those of its other instruments. */
  readonly decider: Decider;
  private readonly plan: Plan;
  /** None where a portfolio takes the candles of all its accounts together. */
  private readonly own: Driver | undefined;

  /** An account of a portfolio has something in common with the others. */
  constructor(spec: RunSpec, shared?: Shared) {
    const { strategy, parameters, account, timeframe, base = timeframe, decimals, start } = spec;
    const hasBase = base !== timeframe;
    checkShorts(strategy, account);
    checkTogether(account, strategy);
    const values = valuesFor(strategy, parameters);
    const decisions = decisionExpressions(strategy, hasBase);
    const named = Object.fromEntries(
      Object.entries(strategy.series).map(([name, expression]) => [series(name), expression]),
    );
    const { chunk, inPlace } = spec, clocks = { timeframe, base, once: CONDITIONS };
    const plan = new Plan({ ...decisions, ...named }, {
      ...clocks,
      ...{ decimals, parameters: values, chunk, inPlace },
    });
    const shown = Object.keys(strategy.series).map((name) =>
      [name, plan.column(series(name))] as const
    );
    this.plan = plan;
    this.account = new Account(account, stopValues(strategy.stops, values), base, shared);
    this.decider = {
      chunk: plan.chunk,
      signals: signalsOf(decisions, {
        column: (name) => plan.column(name),
        constant: (value) => plan.constant(value),
        closes: plan.closes,
      }),
      advance(candles: Candles, from: number, to: number) {
        plan.advance(candles, from, to);
        return plan.begin;
      },
      named: shown,
    };
    this.own = shared ? undefined : new Driver(this.account, this.decider, base, start);
  }

  /** Plan and account together. Throws a `RangeError` where a portfolio drives them. */
  get driver(): Driver {
    if (this.own !== undefined) return this.own;
    throw new RangeError("A run of a portfolio's instrument takes no candles by itself");
  }

  /**
   * How many candles must come before one for signals, stops and named series to be there what they would be
   * had the run begun earlier; and whether some of them depend on all candles since it began, so that no
   * number is enough for these.
   */
  get warmUp(): { candles: number; isEndless: boolean } {
    const all = [...this.plan.warmUp.values()], finite = all.filter(Number.isFinite);
    return { candles: Math.max(0, ...finite), isEndless: finite.length < all.length };
  }

  /** What a candle costs at worst: steps of the plan, and rows that they look back at, of some 50 ns each. */
  get cost(): number {
    return this.plan.cost;
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
    const account = new Float64Array(ACCOUNT_SLOTS), plan = new Float64Array(this.plan.size);
    this.account.save(account);
    this.plan.save(plan);
    return packSnapshot(account, plan);
  }

  /**
   * Takes over what `save` of a run of the same spec gave; after `replay`, where the run `replays`.
   * Throws an `InputError` if the candles that were replayed are not those of that run.
   */
  restore(bytes: Uint8Array): void {
    const [account, plan] = unpackSnapshot(bytes, [ACCOUNT_SLOTS, this.plan.size]);
    this.account.restore(account);
    this.plan.restore(plan);
  }
}

const series = (name: string) => `series ${name}`;

/** Refuses a strategy that sells short where the account may not. */
export function checkShorts(strategy: Strategy, { shorts }: AccountSettings): void {
  if (shorts || !sellsShort(strategy)) return;
  throw new InputError(
    `${strategy.name} sells short, but the account may not: set account.shorts to true, ` +
      `or use a strategy without enterShort`,
  );
}
