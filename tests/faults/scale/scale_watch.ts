import { cpuUsage, memoryUsage } from "node:process";
import type { LiveParts } from "../../../engine/cli/live.ts";
import type { Decision } from "../../../engine/ports/store.ts";
import { replaced } from "../live/replaced.ts";

/** What one process with many bots did, while it was measured. */
export interface ScaleMeasured {
  /** Milliseconds from the trade that closed a candle until the decision on it was committed, sorted. */
  latencies: number[];
  /** How long was measured, in seconds. */
  seconds: number;
  /** Seconds of CPU that the process took. */
  cpu: number;
  /** Its memory at the end, and the most that was seen, in bytes. */
  memory: { end: number; most: number };
  /** How many bots decided anything, how many of them traded every minute, and the median of fills a minute. */
  bots: number;
  tradedEachMinute: number;
  medianFills: number;
  /** Decisions that were committed, and the candles in them. */
  decisions: number;
  candles: number;
}

/** Close time by instrument and second, in the order of time. */
type Closed = Map<string, number>;

/** Measures candles that close in [from, to) of the tape's seconds, counted from its first trade. */
export class ScaleWatch {
  private readonly closed: Closed = new Map();
  private readonly newest = new Map<string, number>();
  private readonly symbols: ReadonlyMap<string, string>;
  private readonly latencies: number[] = [];
  private readonly fills = new Map<string, number>();
  private first = Infinity;
  private decisions = 0;
  private candles = 0;
  private begun: { at: number; cpu: number } | undefined;
  private ended: { at: number; cpu: number } | undefined;
  private most = 0;

  constructor(private readonly from: number, private readonly to: number, { trading }: LiveParts) {
    this.symbols = new Map(trading.bots.map(({ id, config }) => [id, config.market.symbol]));
  }

  /** The parts, watched. */
  watch({ store, bus, trading }: LiveParts): LiveParts {
    const providers = new Map(
      Array.from(trading.providers, ([name, { feed, ...more }]) => {
        const note = (symbol: string, timestamp: number) => this.traded(symbol, timestamp);
        const watched = replaced(feed, {
          async *trades(...wanted) {
            for await (const batch of feed.trades(...wanted)) {
              for (const { instrument, trade } of batch.events) {
                note(instrument.symbol, trade.timestamp);
              }
              yield batch;
            }
          },
        });
        return [name, { ...more, feed: watched }] as const;
      }),
    );
    const commit = async (decision: Decision) => {
      await store.commit(decision);
      this.committed(decision);
    };
    return { store: replaced(store, { commit }), bus, trading: { ...trading, providers } };
  }

  private traded(symbol: string, timestamp: number): void {
    const second = Math.floor(timestamp / 1_000) * 1_000, last = this.newest.get(symbol);
    this.first = Math.min(this.first, second);
    if (last !== undefined && second <= last) return;
    this.newest.set(symbol, second);
    const now = performance.now();
    for (let at = (last ?? second) + 1_000; at <= second; at += 1_000) {
      this.closed.set(`${symbol} ${at}`, now);
    }
    const tape = (second - this.first) / 1_000, cpu = () => sum(cpuUsage()) / 1e6;
    if (tape >= this.from) this.begun ??= { at: now, cpu: cpu() };
    if (tape >= this.to) this.ended ??= { at: now, cpu: cpu() };
    this.most = Math.max(this.most, memoryUsage.rss());
  }

  private committed({ botId, cursor, candles, fills, performance: rows }: Decision): void {
    const tape = (cursor - this.first) / 1_000;
    if (tape < this.from || tape >= this.to) return;
    const symbol = this.symbols.get(botId)!, now = performance.now();
    this.decisions++;
    this.candles += candles;
    this.fills.set(botId, (this.fills.get(botId) ?? 0) + fills.length);
    for (const { time } of rows) {
      const closed = this.closed.get(`${symbol} ${time}`);
      if (closed !== undefined) this.latencies.push(now - closed);
    }
  }

  get measured(): ScaleMeasured {
    const { begun, ended, most, decisions, candles } = this;
    if (!begun || !ended) throw new Error("The tape was too short to measure anything");
    const seconds = (ended.at - begun.at) / 1_000;
    const rates = [...this.fills.values()].map((fills) => 60 * fills / seconds).sort((a, b) =>
      a - b
    );
    return {
      latencies: this.latencies.sort((a, b) => a - b).map((one) => Math.round(one * 10) / 10),
      seconds,
      cpu: ended.cpu - begun.cpu,
      memory: { end: memoryUsage.rss(), most },
      bots: rates.length,
      tradedEachMinute: rates.filter((rate) => rate >= 1).length,
      medianFills: rates[rates.length >> 1],
      ...{ decisions, candles },
    };
  }
}

function sum({ user, system }: { user: number; system: number }): number {
  return user + system;
}
