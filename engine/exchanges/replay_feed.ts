import { describeTape } from "../market/describe_tape.ts";
import type { IdHole } from "../market/id_holes.ts";
import { readTape, type TapeOptions, type TapeRow } from "../market/tape.ts";
import { type Instrument, instrumentKey } from "../market/trade.ts";
import type { Clock } from "../ports/clock.ts";
import type { Feed, FeedBatch, FeedEvent, LostSpan } from "../ports/feed.ts";
import { ReplayClock, type ReplaySpeed } from "./replay_clock.ts";
import { TapeVenues } from "./tape_venues.ts";

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

/** What is due when it is `now` on the tape. */
interface Due {
  rows: readonly TapeRow[];
  now: number;
  lost?: LostSpan;
}

/**
 * Replays a recorded tape as if its trades arrived now: in the order and, unless the speed is `max`,
 * with the pauses in which they were received. Each exchange's time is measured by the tape's, and every
 * trade on it tells the time, wanted or not, so that silent intervals end where they did when it was
 * recorded. Trades that its ids show to be missing are told as lost, as soon as time comes to them.
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
    const isNews = ({ instrument, to }: LostSpan) =>
      to > (from.get(instrumentKey(instrument)) ?? Infinity);
    const venues = new TapeVenues();
    for await (const { rows, now, lost } of this.due(from, signal)) {
      if (signal.aborted) return;
      const events = rows.map((row) => venues.eventOf(row)).filter(isWanted);
      const times = venues.timesAt(now), batch = { events, now, times };
      yield lost && isNews(lost) ? { ...batch, lost: [lost] } : batch;
    }
  }

  /** The whole tape: what is known already at once, the rest at its speed. */
  private async *due(
    from: ReadonlyMap<string, number>,
    signal: AbortSignal,
  ): AsyncGenerator<Due> {
    const { speed } = this.replay;
    const clock = speed === "max" ? undefined : new ReplayClock(speed, () => this.clock.now());
    const isNew = ({ instrument, trade }: TapeRow) =>
      trade.timestamp >= (from.get(instrumentKey(instrument)) ?? Infinity);
    let begun = false;
    for await (const { rows, lost } of this.pieces()) {
      const { received: now } = rows[rows.length - 1];
      const known: number = begun ? 0 : rows.findIndex(isNew);
      begun ||= known >= 0;
      const later = begun && clock ? rows.splice(known) : [];
      if (rows.length > 0) yield { rows, now: rows[rows.length - 1].received };
      if (clock && later.length > 0) yield* this.inTime(later, clock, signal);
      if (lost) yield { rows: [], now, lost };
    }
  }

  /** The tape, cut behind each trade behind which others are missing, by the ids. */
  private async *pieces(): AsyncGenerator<{ rows: TapeRow[]; lost?: LostSpan }> {
    const { contents } = await describeTape(this.replay.path, this.replay.names);
    const holes = new Map(contents.map(({ instrument, holes }) => [
      instrumentKey(this.rename(instrument)),
      new Map(holes.map((hole) => [hole.after, hole])),
    ]));
    for await (const rows of this.rows()) {
      let begin = 0;
      for (const [i, { instrument, trade }] of rows.entries()) {
        const hole = holes.get(instrumentKey(instrument))?.get(trade.id);
        if (!hole) continue;
        yield { rows: rows.slice(begin, i + 1), lost: lostSpan(instrument, hole) };
        begin = i + 1;
      }
      if (begin < rows.length) yield { rows: rows.slice(begin) };
    }
  }

  private async *rows(): AsyncGenerator<TapeRow[]> {
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
    rows: TapeRow[],
    clock: ReplayClock,
    signal: AbortSignal,
  ): AsyncGenerator<Due> {
    const end = rows[rows.length - 1].received;
    while (rows.length > 0 && !signal.aborted) {
      const now = clock.now(rows[0].received),
        later = rows.findIndex(({ received }) => received > now);
      const due = rows.splice(0, later < 0 ? rows.length : later);
      // Nothing is known of the time behind the tape's last trade, however late it is here.
      yield { rows: due, now: Math.min(now, end) };
      if (rows.length === 0) break;
      await this.clock.sleep(Math.min(LONGEST_SILENCE, clock.until(rows[0].received)), signal);
    }
  }
}

function lostSpan(instrument: Instrument, { from, to, missing }: IdHole): LostSpan {
  const reason = `${missing} of the ids that follow each other are not on the tape`;
  return { instrument, from, to: to + 1, reason };
}
