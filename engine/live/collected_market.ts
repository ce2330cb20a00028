import type { Unseen } from "../market/candle_builder.ts";
import type { Candle } from "../market/candles.ts";
import { iso } from "../market/checks.ts";
import { intervalEnd, openTime, type Timeframe, TIMEFRAMES } from "../market/timeframe.ts";
import { type Instrument, instrumentKey, type Trade } from "../market/trade.ts";
import type { Clock } from "../ports/clock.ts";
import type { LostSpan } from "../ports/feed.ts";
import type { History } from "../ports/history.ts";
import type { MarketKey, Store } from "../ports/store.ts";
import type { Told } from "./candle_jobs.ts";
import type { CollectorStats } from "./collector_stats.ts";
import { candlePages } from "./candle_pages.ts";
import { fillHole } from "./fill_hole.ts";
import { type Longer, LongerCandles } from "./longer_candles.ts";
import { lookBack } from "./look_back.ts";
import { MarketCandles, type Taken } from "./market_candles.ts";
import { MarketJobs } from "./market_jobs.ts";
import { newestId } from "./newest_id.ts";
import type { Outbox } from "./outbox.ts";
import { warmUp } from "./warm_up.ts";

/** The exchange has so long to give the candles of a hole, in milliseconds. */
const FILLING = 60_000;

/** Exchanges finish a candle some seconds after its end: so long it is asked for again, and how often. */
const FINISHING = 15_000, AGAIN = 2_000;

/** No market is collected in longer candles than these, so that little is lost by a restart. */
const LONGEST_BASE: Timeframe = "1m";

/** What the markets of one feed share. */
export interface MarketPlace {
  store: Store;
  clock: Clock;
  outbox: Outbox;
  history?: History;
  told: Told;
  stats: CollectorStats;
  tell(message: string): void;
  signal: AbortSignal;
  /** Whether the trades themselves are stored as well. */
  rawTrades: boolean;
  /** So many candles of each timeframe are fetched for a market of which there are none. */
  warmUp: number;
}

/** One instrument, collected in one timeframe or several. */
export class CollectedMarket {
  private trades: Trade[] = [];
  private lastCandle: Candle | undefined;
  private readonly jobs: MarketJobs;
  /** The number of the newest trade that was stored before, where trades are numbered. */
  private rawTo: bigint | undefined;

  private constructor(
    readonly instrument: Instrument,
    private readonly place: MarketPlace,
    private readonly base: MarketCandles,
    private readonly longer: readonly LongerCandles[],
    latest: Candle | undefined,
  ) {
    this.lastCandle = latest;
    this.jobs = new MarketJobs(instrument, base.key, place.outbox, place.told);
  }

  /** A market that goes on behind what is stored of it. */
  static async prepare(
    instrument: Instrument,
    timeframes: readonly Timeframe[],
    place: MarketPlace,
  ): Promise<CollectedMarket> {
    const { marketData } = place.store, { exchange, symbol } = instrument;
    const keyOf = (timeframe: Timeframe): MarketKey => ({ exchange, symbol, timeframe });
    const shortest = TIMEFRAMES.find((one) => one === LONGEST_BASE || timeframes.includes(one))!;
    const key = keyOf(shortest), others = timeframes.filter((one) => one !== shortest).map(keyOf);
    await warmUp(key, others, place);
    const latest = await marketData.latestCandle(key), longer: LongerCandles[] = [];
    for (const other of others) {
      const stored = await marketData.latestCandle(other);
      longer.push(new LongerCandles(other, key, stored?.time ?? -Infinity));
    }
    const known = latest && await lookBack(place.store, key, latest);
    const base = new MarketCandles(key, known, latest?.time);
    const market = new CollectedMarket(instrument, place, base, longer, latest);
    if (latest) await market.recall(known!.from, latest.time);
    return market;
  }

  /** The exchange's time from which on trades are needed; `undefined` if any will do. */
  get since(): number | undefined {
    return this.base.seenTo;
  }

  /** When the candle in the making is over. */
  get due(): number {
    return this.base.due;
  }

  take(trade: Trade): Taken {
    const taken = this.base.take(trade), isKept = taken !== "stored before" && !this.wasKept(trade);
    if (this.place.rawTrades && isKept) this.trades.push(trade);
    return taken;
  }

  /** Whether a trade was stored before this start, under its own id or as one of an order's fills. */
  private wasKept({ id }: Trade): boolean {
    return this.rawTo !== undefined && /^\d{1,30}$/.test(id) && BigInt(id) <= this.rawTo;
  }

  advance(time: number): void {
    this.base.advance(time);
  }

  lose({ from, to }: LostSpan): void {
    this.base.lose(from, to);
  }

  /** Hands what was made since the last call to the outbox; fills holes first, if that is possible. */
  async settle(): Promise<void> {
    if (this.trades.length > 0) this.jobs.addTrades(this.trades.splice(0));
    for (const made of this.base.takeMade()) {
      if (made.as === "candle") this.put(made.candle);
      else if (made.as === "revision") this.revise(made.candle);
      else await this.fill(made.hole);
    }
  }

  /**
   * Takes the stored candles up to `to` behind the last longer ones, which are not made yet; those that
   * hold candles from `from` on may have to be made anew.
   */
  private async recall(from: number, to: number): Promise<void> {
    const { key } = this.base;
    if (this.place.rawTrades) this.rawTo = await newestId(this.place.store, this.instrument, to);
    for (const longer of this.longer) {
      for (let label = longer.labelOf(from + 1); label <= longer.storedTo;) {
        this.jobs.addRemake(longer.key, label);
        label = intervalEnd(label, longer.key.timeframe);
      }
      const start = openTime(longer.labelOf(to), longer.key.timeframe), { storedTo } = longer;
      const after = storedTo === -Infinity ? start : Math.min(start, storedTo);
      const range = { after, to, revision: "latest" as const };
      for await (const rows of candlePages(this.place.store, key, range)) {
        for (const row of rows.rows()) this.putLonger(longer, longer.push(row));
      }
    }
  }

  private put(candle: Candle): void {
    this.jobs.addCandle(this.base.key, candle);
    this.lastCandle = candle;
    for (const longer of this.longer) this.putLonger(longer, longer.push(candle));
  }

  private putLonger({ key }: LongerCandles, all: readonly Longer[]): void {
    for (const one of all) {
      if ("candle" in one) this.jobs.addCandle(key, one.candle);
      else this.jobs.addRemake(key, one.remake);
    }
  }

  private revise(candle: Candle): void {
    this.jobs.addRevision(candle);
    if (this.lastCandle?.time === candle.time) this.lastCandle = candle;
    for (const longer of this.longer) this.putLonger(longer, longer.revise(candle.time));
  }

  private async fill(hole: Unseen): Promise<void> {
    const { history, stats, tell } = this.place;
    let missing = [hole];
    if (history) {
      try {
        missing = await this.fillFrom(history, hole);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        tell(`${instrumentKey(this.instrument)}: a hole cannot be filled: ${reason}`);
      }
    }
    // What lies before the first candle of all is no gap.
    if (!this.lastCandle) return;
    for (const span of missing) {
      stats.gaps++;
      tell(
        `${instrumentKey(this.instrument)}: no candles from ${iso(span.from)} to ${iso(span.to)}`,
      );
      this.jobs.addGap({ instrument: this.instrument, ...span, reason: "not observed" });
    }
  }

  private async fillFrom(history: History, hole: Unseen): Promise<Unseen[]> {
    const { clock, signal, stats } = this.place, filled = new AbortController();
    const late = new AbortController(), either = AbortSignal.any([signal, late.signal]);
    clock.sleep(FILLING, filled.signal).then(() => late.abort());
    const missing: Unseen[] = [];
    try {
      for (let rest: Unseen | undefined = hole; rest;) {
        const { key } = this.base, last = this.lastCandle;
        const previousClose = last?.time === rest.from ? last.close : NaN;
        const filling = await fillHole(history, { key, hole: rest, previousClose }, either);
        for (const candle of filling.candles) this.put(candle);
        stats.backfilled += filling.candles.length;
        rest = filling.missing.find(({ to }) => to === hole.to && clock.now() < to + FINISHING);
        missing.push(...filling.missing.filter((one) => one !== rest));
        if (rest) await clock.sleep(AGAIN, either);
        if (rest && either.aborted) return [...missing, rest];
      }
    } finally {
      filled.abort();
    }
    if (this.lastCandle?.time === hole.to) this.base.learnClose(this.lastCandle.close);
    return missing;
  }
}
