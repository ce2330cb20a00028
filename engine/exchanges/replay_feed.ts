import { describeTape, readTape } from "../market/tape.ts";
import { type Instrument, instrumentKey } from "../market/trade.ts";
import type { Clock } from "../ports/clock.ts";
import type { Feed, FeedBatch, FeedEvent } from "../ports/feed.ts";
import { ReplayClock, type ReplaySpeed } from "./replay_clock.ts";

/** At most so long without a batch, in real milliseconds. */
const LONGEST_SILENCE = 250;

/** What is replayed, and how. */
export interface Replay {
  path: string;
  speed: ReplaySpeed;
  /** What the tape's venues are called, so that they are not taken for the real ones. */
  venue: (exchange: string) => string;
}

/**
 * Replays a recorded tape as if its trades arrived now: in the order and, unless the speed is `max`,
 * with the pauses in which they were received.
 */
export class ReplayFeed implements Feed {
  private readonly renamed = new Map<Instrument, Instrument>();

  constructor(private readonly replay: Replay, private readonly clock: Clock) {}

  async priceDecimals(instrument: Instrument): Promise<number | undefined> {
    const { contents } = await describeTape(this.replay.path), key = instrumentKey(instrument);
    return contents.find((content) => instrumentKey(this.rename(content.instrument)) === key)
      ?.priceDecimals;
  }

  async *trades(
    instruments: readonly Instrument[],
    since: (instrument: Instrument) => number | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<FeedBatch> {
    const from = new Map(instruments.map((one) => [instrumentKey(one), since(one) ?? -Infinity]));
    const wanted = ({ instrument, trade }: FeedEvent) =>
      trade.timestamp >= (from.get(instrumentKey(instrument)) ?? Infinity);
    const { speed } = this.replay;
    const batches = speed === "max"
      ? this.atOnce(wanted)
      : this.inTime(wanted, new ReplayClock(speed, () => this.clock.now()), signal);
    for await (const batch of batches) {
      if (signal.aborted) return;
      yield batch;
    }
  }

  private async *events(): AsyncGenerator<FeedEvent[]> {
    for await (const rows of readTape(this.replay.path)) {
      yield rows.map((row) => ({ ...row, instrument: this.rename(row.instrument) }));
    }
  }

  private rename(instrument: Instrument): Instrument {
    let renamed = this.renamed.get(instrument);
    if (!renamed) {
      renamed = { ...instrument, exchange: this.replay.venue(instrument.exchange) };
      this.renamed.set(instrument, renamed);
    }
    return renamed;
  }

  private async *atOnce(wanted: (event: FeedEvent) => boolean): AsyncGenerator<FeedBatch> {
    for await (const events of this.events()) {
      yield { events: events.filter(wanted), now: events[events.length - 1].received };
    }
  }

  private async *inTime(
    wanted: (event: FeedEvent) => boolean,
    clock: ReplayClock,
    signal: AbortSignal,
  ): AsyncGenerator<FeedBatch> {
    for await (const events of this.events()) {
      const due = events.filter(wanted);
      while (due.length > 0 && !signal.aborted) {
        const now = clock.now(due[0].received);
        const later = due.findIndex(({ received }) => received > now);
        yield { events: due.splice(0, later < 0 ? due.length : later), now };
        if (due.length === 0) break;
        await this.clock.sleep(Math.min(LONGEST_SILENCE, clock.until(due[0].received)), signal);
      }
    }
  }
}
