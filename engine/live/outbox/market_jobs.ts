import type { Candle } from "../../market/candles.ts";
import type { Instrument, Trade } from "../../market/trade.ts";
import type { LostSpan } from "../../ports/feed.ts";
import type { MarketKey } from "../../ports/store.ts";
import { gap, NewCandles, RawTrades, remade, Revisions, type Told } from "./candle_jobs.ts";
import type { Job, Outbox } from "./outbox.ts";

/**
 * Puts what comes of one instrument into few jobs, in an order that holds wherever a process is killed:
 * trades before their candles, candles before what revises them, and those before longer ones that are
 * made of them anew.
 */
export class MarketJobs {
  private trades: RawTrades | undefined;
  private revisions: Revisions | undefined;
  private readonly candles = new Map<MarketKey, NewCandles>();
  private readonly remakes = new Map<string, Job>();

  constructor(
    private readonly instrument: Instrument,
    /** The shortest candles, of which the longer ones are made. */
    private readonly base: MarketKey,
    private readonly outbox: Outbox,
    private readonly told: Told,
  ) {}

  addTrades(trades: readonly Trade[]): void {
    const job = this.open(this.trades, () => {
      // Whoever goes on behind a candle asks for no trade that is in it.
      this.candles.clear();
      return this.trades = new RawTrades(this.instrument);
    });
    job.add(trades);
  }

  addCandle(key: MarketKey, candle: Candle): void {
    const job = this.open(this.candles.get(key), () => {
      this.revisions = undefined;
      const made = new NewCandles(key, this.told);
      this.candles.set(key, made);
      return made;
    });
    job.add(candle);
  }

  /**
   * A candle of the shortest timeframe is another one now. It was decided all the same, even if it waits
   * here still: what bots see depends on when trades arrived, and not on how fast they were stored.
   */
  addRevision(candle: Candle): void {
    const job = this.open(this.revisions, () => {
      this.remakes.clear();
      return this.revisions = new Revisions(this.base, this.told);
    });
    job.add(candle);
  }

  /** A longer candle is to be made anew of the stored shorter ones. */
  addRemake(key: MarketKey, label: number): void {
    const name = `${key.timeframe} ${label}`;
    this.open(this.remakes.get(name), () => {
      const job = remade(key, this.base, label, this.told);
      this.remakes.set(name, job);
      return job;
    });
  }

  addGap(span: LostSpan): void {
    // Whoever goes on behind a candle asks for nothing before it, and would not learn of the gap.
    this.candles.clear();
    this.outbox.add(gap(span));
  }

  /** The job that waits, if it takes more; else one that is made, and put into the outbox. */
  private open<J extends Job>(waiting: J | undefined, make: () => J): J {
    if (waiting && this.outbox.takesMore(waiting)) return waiting;
    const job = make();
    this.outbox.add(job);
    return job;
  }
}
