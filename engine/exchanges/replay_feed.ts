import { describeTape } from "../market/describe_tape.ts";
import type { IdHole } from "../market/id_holes.ts";
import { readTape, type TapeOptions } from "../market/tape.ts";
import { type Instrument, instrumentKey } from "../market/trade.ts";
import type { Clock } from "../ports/clock.ts";
import type { Feed, FeedBatch, FeedEvent, LostSpan } from "../ports/feed.ts";
import { ReplayClock, type ReplaySpeed } from "./replay_clock.ts";

/** At most so long without a batch, in real milliseconds. */
const LONGEST_SILENCE = 250;

/** What is replayed, and how. */
export interface Replay {
  path: string;
  speed: ReplaySpeed;
  /** What the tape's venues are called, so that they are not taken for the real ones. */
  venue: (exchange: string) => string;
  /** Market and symbol, for a tape that does not name its own. */
  names?: TapeOptions;
}

/**
 * Replays a recorded tape as if its trades arrived now: in the order and, unless the speed is `max`,
 * with the pauses in which they were received. Time is the tape's, and every trade on it tells the
 * time, wanted or not, so that silent intervals end where they did when it was recorded. Trades that its
 * ids show to be missing are told as lost, as soon as time comes to them.
 *
 * What lies before the first trade that `since` asks for is given at once: whoever goes on behind a
 * stop sees what was seen before it, and so decides the rest as if there had been none.
 */
export class ReplayFeed implements Feed {
  private readonly renamed = new Map<Instrument, Instrument>();

  constructor(private readonly replay: Replay, private readonly clock: Clock) {}

  async priceDecimals(instrument: Instrument): Promise<number | undefined> {
    const { contents } = await describeTape(this.replay.path, this.replay.names);
    const key = instrumentKey(instrument);
    return contents.find((content) => instrumentKey(this.rename(content.instrument)) === key)
      ?.priceDecimals;
  }

  async *trades(
    instruments: readonly Instrument[],
    since: (instrument: Instrument) => number | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<FeedBatch> {
    const from = new Map(instruments.map((one) => [instrumentKey(one), since(one) ?? -Infinity]));
    const isWanted = ({ instrument }: FeedEvent) => from.has(instrumentKey(instrument));
    for await (const { events, now, lost = [] } of this.batches(from, signal)) {
      if (signal.aborted) return;
      const news = lost.filter(({ instrument, to }) =>
        to > (from.get(instrumentKey(instrument)) ?? Infinity)
      );
      yield { events: events.filter(isWanted), now, ...(news.length > 0 && { lost: news }) };
    }
  }

  /** The whole tape: what is known already at once, the rest at its speed. */
  private async *batches(
    from: ReadonlyMap<string, number>,
    signal: AbortSignal,
  ): AsyncGenerator<FeedBatch> {
    const { speed } = this.replay;
    const clock = speed === "max" ? undefined : new ReplayClock(speed, () => this.clock.now());
    const isNew = ({ instrument, trade }: FeedEvent) =>
      trade.timestamp >= (from.get(instrumentKey(instrument)) ?? Infinity);
    let begun = false;
    for await (const { events, lost } of this.pieces()) {
      const { received } = events[events.length - 1];
      const known: number = begun ? 0 : events.findIndex(isNew);
      begun ||= known >= 0;
      const due = begun && clock ? events.splice(known) : [];
      if (events.length > 0) yield { events, now: events[events.length - 1].received };
      if (clock && due.length > 0) yield* this.inTime(due, clock, signal);
      if (lost) yield { events: [], now: received, lost: [lost] };
    }
  }

  /** The tape, cut behind each trade behind which others are missing, by the ids. */
  private async *pieces(): AsyncGenerator<{ events: FeedEvent[]; lost?: LostSpan }> {
    const { contents } = await describeTape(this.replay.path, this.replay.names);
    const holes = new Map(contents.map(({ instrument, holes }) => [
      instrumentKey(this.rename(instrument)),
      new Map(holes.map((hole) => [hole.after, hole])),
    ]));
    for await (const events of this.events()) {
      let begin = 0;
      for (const [i, { instrument, trade }] of events.entries()) {
        const hole = holes.get(instrumentKey(instrument))?.get(trade.id);
        if (!hole) continue;
        yield { events: events.slice(begin, i + 1), lost: lostSpan(instrument, hole) };
        begin = i + 1;
      }
      if (begin < events.length) yield { events: events.slice(begin) };
    }
  }

  private async *events(): AsyncGenerator<FeedEvent[]> {
    for await (const rows of readTape(this.replay.path, this.replay.names)) {
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

  private async *inTime(
    due: FeedEvent[],
    clock: ReplayClock,
    signal: AbortSignal,
  ): AsyncGenerator<FeedBatch> {
    const end = due[due.length - 1].received;
    while (due.length > 0 && !signal.aborted) {
      const now = clock.now(due[0].received),
        later = due.findIndex(({ received }) => received > now);
      const events = due.splice(0, later < 0 ? due.length : later);
      // Nothing is known of the time behind the tape's last trade, however late it is here.
      yield { events, now: Math.min(now, end) };
      if (due.length === 0) break;
      await this.clock.sleep(Math.min(LONGEST_SILENCE, clock.until(due[0].received)), signal);
    }
  }
}

function lostSpan(instrument: Instrument, { from, to, missing }: IdHole): LostSpan {
  const reason = `${missing} of the ids that follow each other are not on the tape`;
  return { instrument, from, to: to + 1, reason };
}
