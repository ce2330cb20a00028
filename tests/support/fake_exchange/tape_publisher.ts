import type { Trade } from "../../../engine/market/trade.ts";
import type { Dialect, Exchange } from "./dialect.ts";
import type { ExchangeTime } from "./exchange_time.ts";
import type { FaultInjector } from "./fault_injector.ts";
import type { Print } from "./prints.ts";
import type { Schedule } from "./schedule.ts";

/** A trade that was made public. */
export interface ServedTrade {
  symbol: string;
  /** The tape's own: one fill, as REST tells it. */
  trade: Trade;
  /** When it became public, by the exchange's clock. */
  at: number;
  /** The push that held it: the id of its last fill and the number of fills. */
  push: { id: string; count: number };
}

/** Makes a tape public as the clock moves. */
export class TapePublisher {
  /** Everything that was made public, in that order. */
  readonly served: ServedTrade[] = [];
  /** Resolves when everything is public and delivered. */
  readonly finished: Promise<void>;
  private readonly finish: () => void;
  private next = 0;

  constructor(
    private readonly dialect: Dialect,
    private readonly exchange: Exchange,
    private readonly prints: readonly Print[],
    private readonly time: ExchangeTime,
    private readonly schedule: Schedule,
    private readonly faults: FaultInjector,
  ) {
    const { promise, resolve } = Promise.withResolvers<void>();
    [this.finished, this.finish] = [promise, resolve];
  }

  /** Lets happen, in order, what happens until `due`. */
  runTo(due: number): void {
    for (;;) {
      const print = this.prints[this.next],
        at = Math.min(print?.at ?? Infinity, this.schedule.next);
      if (at > due) break;
      this.time.moveTo(at);
      if (this.schedule.next <= at) this.schedule.runNext();
      else this.meet(this.prints[this.next++]);
    }
    this.time.moveTo(due);
    if (this.next === this.prints.length && this.schedule.next === Infinity) this.finish();
  }

  private meet(print: Print): void {
    const until = this.faults.keptUntil(print);
    if (until === undefined) this.publish(print);
    else this.schedule.add(until, () => this.publish(print));
  }

  private publish(print: Print): void {
    const { market, trades } = print, push = { id: trades.at(-1)!.id, count: trades.length };
    for (const trade of trades) {
      this.served.push({ symbol: market.symbol, trade, at: this.time.now, push });
    }
    this.exchange.record(market).add(print);
    for (const frame of this.dialect.frames(market, print, this.exchange)) {
      this.faults.frames.push(market, frame);
    }
  }
}
