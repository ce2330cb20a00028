import type { Unseen } from "../../market/candle_builder.ts";
import { iso } from "../../market/time.ts";
import { type Instrument, instrumentKey, type Trade } from "../../market/trade.ts";
import type { FoundSpan, LostSpan } from "../../ports/feed.ts";
import type { CandleOutput, LongerMade } from "./candle_output.ts";
import { countTaken } from "./collector_stats.ts";
import type { HoleToFill } from "../history/fill_hole.ts";
import { fillInTime } from "./fill_in_time.ts";
import type { MarketCandles } from "./market_candles.ts";
import { MarketInbox, type MarketInput } from "./market_inbox.ts";
import type { MarketJobs } from "../outbox/market_jobs.ts";
import type { MarketPlace } from "./market_place.ts";
import type { StoredTrades } from "./stored_trades.ts";

/** Fills a hole; resolves to whether the market goes on behind it. */
type Filling = () => Promise<boolean>;

/** What a market begins with. */
export interface MarketBeginning {
  instrument: Instrument;
  base: MarketCandles;
  output: CandleOutput;
  jobs: MarketJobs;
  /** Longer candles that came of what was stored before, to be put first. */
  recalled: LongerMade[];
  /** The trades that were stored before, if trades are and something was. */
  kept?: StoredTrades;
}

/**
 * One instrument, collected in one timeframe or several. While the exchange is asked for the candles of
 * a hole, what comes waits here, so that everything happens as if no time had passed: other markets go
 * on meanwhile.
 */
export class CollectedMarket implements MarketInput {
  readonly instrument: Instrument;
  private trades: Trade[] = [];
  private readonly inbox = new MarketInbox();
  /** A hole is being filled. */
  private busy = false;
  private working: Promise<void> = Promise.resolve();

  constructor(private readonly begin: MarketBeginning, private readonly place: MarketPlace) {
    this.instrument = begin.instrument;
  }

  /** The exchange's time from which on trades are needed; `undefined` if any will do. */
  get since(): number | undefined {
    return this.begin.base.seenTo;
  }

  /** When the candle in the making is over. */
  get due(): number {
    return this.begin.base.due;
  }

  /** How much waits for a hole to be filled: trades, mostly. */
  get waiting(): number {
    return this.inbox.length;
  }

  /** Resolves when nothing waits for a hole. */
  get settled(): Promise<void> | undefined {
    return this.busy ? this.working : undefined;
  }

  take(trade: Trade): void {
    if (this.busy) return this.inbox.take(trade);
    const taken = this.begin.base.take(trade), { place } = this;
    // A trade may be new to the store though its candle is there: the process that stored it died.
    if (place.rawTrades && !this.begin.kept?.has(trade)) this.trades.push(trade);
    countTaken(place.stats, taken);
    if (taken === "too late") {
      place.refuse(`${instrumentKey(this.instrument)} ${trade.id}: too late`);
    }
  }

  advance(time: number): void {
    if (this.busy) this.inbox.advance(time);
    else this.begin.base.advance(time);
  }

  lose(span: LostSpan): void {
    if (this.busy) this.inbox.lose(span);
    else this.begin.base.lose(span.from, span.to);
  }

  find(found: FoundSpan): void {
    if (this.busy) this.inbox.find(found);
    else this.begin.base.find(found.from, found.to);
  }

  /**
   * Hands what was made since the last call to the outbox, at once but for what lies behind a hole: that
   * goes on by itself. If everything is to stop while the exchange is asked, nothing newer is stored, and
   * the next start finds the hole again.
   */
  settle(): void {
    if (this.busy) return;
    this.busy = true;
    this.working = this.work().catch(this.place.fail);
  }

  private async work(): Promise<void> {
    let filled = false;
    for (const fill of this.putMade()) {
      if (!await fill()) return;
      filled = true;
    }
    if (filled) this.place.outbox.start();
  }

  /** Puts everything in line that was made, and gives each hole before what lies behind it. */
  private *putMade(): Generator<Filling> {
    const { base, jobs, output, recalled } = this.begin;
    yield* this.putLonger(recalled.splice(0));
    for (;;) {
      if (this.trades.length > 0) jobs.addTrades(this.trades.splice(0));
      for (const made of base.takeMade()) {
        if (made.as === "candle") yield* this.putLonger(output.put(made.candle));
        else if (made.as === "revision") yield* this.putLonger(output.revise(made.candle));
        else if (this.place.history) yield () => this.fill(made.hole);
        else this.recordGaps([made.hole]);
      }
      this.busy = false;
      if (this.inbox.length === 0) return;
      this.inbox.empty(this);
      this.busy = true;
    }
  }

  private *putLonger(all: readonly LongerMade[]): Generator<Filling> {
    const { output } = this.begin;
    for (const { key, made } of all) {
      if (!("hole" in made)) output.putLonger(key, made);
      else if (this.place.history) yield () => this.fillLonger({ key, ...made });
    }
  }

  private async fill(hole: Unseen): Promise<boolean> {
    const { base, output } = this.begin, { key, last } = output, longer: LongerMade[] = [];
    const previousClose = last?.time === hole.from ? last.close : NaN;
    const missing = await fillInTime(
      this.place,
      { key, hole, previousClose },
      (candle) => longer.push(...output.put(candle)),
    );
    if (missing.length > 0 && this.place.signal.aborted) return false;
    for (const fill of this.putLonger(longer)) if (!await fill()) return false;
    if (output.last?.time === hole.to) base.learnClose(output.last.close);
    this.recordGaps(missing);
    return true;
  }

  /** Of a longer candle that could not be made the exchange has one: what it lacks is recorded already. */
  private async fillLonger(hole: HoleToFill): Promise<boolean> {
    const { jobs } = this.begin;
    const missing = await fillInTime(
      this.place,
      hole,
      (candle) => jobs.addCandle(hole.key, candle),
    );
    return missing.length === 0 || !this.place.signal.aborted;
  }

  private recordGaps(missing: readonly Unseen[]): void {
    const { stats, tell } = this.place, { instrument } = this;
    // What lies before the first candle of all is no gap.
    if (!this.begin.output.last) return;
    for (const span of missing) {
      stats.gaps++;
      const market = instrumentKey(instrument), between = `${iso(span.from)} to ${iso(span.to)}`;
      tell(`${market}: no candles from ${between}`, { level: "warning", market });
      this.begin.jobs.addGap({ instrument, ...span, reason: "not observed" });
    }
  }
}
