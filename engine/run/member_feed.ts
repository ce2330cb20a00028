import type { Ledger } from "../account/ledger.ts";
import type { Member } from "../account/portfolio/member.ts";
import type { Taken } from "../account/portfolio/portfolio.ts";
import type { Candles } from "../market/candles.ts";
import { openTime } from "../market/timeframe.ts";
import { close } from "../series/expression.ts";
import { change } from "../series/operators/rows/change.ts";
import { deviation } from "../series/operators/statistics/deviation.ts";
import { lag } from "../series/operators/rows/lag.ts";
import { Plan } from "../series/plan.ts";
import type { Run, RunSpec } from "./run.ts";

/**
 * The candles of one instrument as a portfolio takes them: one at a time, their signals and volatility
 * computed by the chunk.
 */
export class MemberFeed {
  private readonly start: number;
  /** The deviation of its returns, where the portfolio goes by that. */
  private readonly volatility: Plan | undefined;
  private candles: Candles | undefined;
  private taken: Taken | undefined;
  private next = 0;
  /** The chunk that is computed: candles [from, to), of which `from` is at `begin` of the signals. */
  private from = 0;
  private to = 0;
  private begin = 0;

  constructor(
    private readonly member: Member,
    private readonly run: Run,
    private readonly spec: RunSpec,
    window: number | undefined,
  ) {
    const { timeframe, base, decimals, start = -Infinity } = spec;
    this.start = start;
    this.volatility = window === undefined ? undefined : new Plan(
      { it: deviation(change(close).over(lag(close)), window) },
      { timeframe, base, decimals, chunk: run.decider.chunk },
    );
  }

  /** Sets the candles that are next. */
  give(candles: Candles, ledger: Ledger): void {
    this.candles = candles;
    const row = this.member.account.rowOf(candles, this.run.decider.signals, ledger);
    this.taken = { member: this.member, row, volatility: NaN };
    this.next = this.from = this.to = 0;
  }

  /** When the next candle closes; infinity if there is none. */
  get nextTime(): number {
    const { candles, next } = this;
    return candles === undefined || next === candles.length ? Infinity : candles.time[next];
  }

  /** The next candle, for the portfolio to take now; nothing if it opens before the start. */
  take(): Taken | undefined {
    const { spec, start } = this, candles = this.candles!, taken = this.taken!;
    if (this.next === this.to) this.compute(candles);
    const i = this.next++, at = this.begin + i - this.from;
    if (openTime(candles.time[i], spec.base ?? spec.timeframe) < start) return undefined;
    taken.row.i = i;
    taken.row.at = at;
    taken.volatility = this.volatilityAt(i);
    return taken;
  }

  /** All that it remembers, as doubles. */
  save(): Float64Array {
    const run = new Float64Array(this.run.save().slice().buffer), { volatility } = this;
    const saved = new Float64Array(run.length + (volatility?.size ?? 0));
    saved.set(run);
    volatility?.save(saved, run.length);
    return saved;
  }

  /** Takes over what `save` gave. */
  restore(saved: Float64Array): void {
    const end = saved.length - (this.volatility?.size ?? 0);
    const run = saved.slice(0, end);
    this.run.restore(new Uint8Array(run.buffer));
    this.volatility?.restore(saved, end);
  }

  private compute(candles: Candles): void {
    const { run: { decider }, next, volatility } = this;
    this.from = next;
    this.to = Math.min(next + decider.chunk, candles.length);
    this.begin = decider.advance(candles, next, this.to);
    volatility?.advance(candles, next, this.to);
  }

  private volatilityAt(i: number): number {
    const { volatility } = this;
    return volatility === undefined
      ? NaN
      : volatility.column("it")[volatility.begin + i - this.from];
  }
}
