import { describeTape, readTape, type TapeOptions, type TapeRow } from "../market/tape.ts";
import { type Instrument, instrumentKey } from "../market/trade.ts";
import type { Clock } from "../ports/clock.ts";
import type { Feed, FeedBatch } from "../ports/feed.ts";
import { ReplayClock, type ReplaySpeed } from "./replay_clock.ts";

/** At most so long without a batch, in real milliseconds. */
const LONGEST_SILENCE = 250;

/**
 * Replays a recorded tape as if its trades arrived now: in the order and, unless the speed is `max`,
 * with the pauses in which they were received.
 */
export class ReplayFeed implements Feed {
  constructor(
    private readonly path: string,
    private readonly speed: ReplaySpeed,
    private readonly clock: Clock,
    private readonly options: TapeOptions = {},
  ) {}

  async priceDecimals(instrument: Instrument): Promise<number | undefined> {
    const { contents } = await describeTape(this.path, this.options);
    const key = instrumentKey(instrument);
    return contents.find((content) => instrumentKey(content.instrument) === key)?.priceDecimals;
  }

  async *trades(
    instruments: readonly Instrument[],
    since: (instrument: Instrument) => number | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<FeedBatch> {
    const from = new Map(instruments.map((one) => [instrumentKey(one), since(one) ?? -Infinity]));
    const wanted = ({ instrument, trade }: TapeRow) =>
      trade.timestamp >= (from.get(instrumentKey(instrument)) ?? Infinity);
    const batches = this.speed === "max"
      ? this.atOnce(wanted)
      : this.inTime(wanted, new ReplayClock(this.speed, () => this.clock.now()), signal);
    for await (const batch of batches) {
      if (signal.aborted) return;
      yield batch;
    }
  }

  private async *atOnce(wanted: (row: TapeRow) => boolean): AsyncGenerator<FeedBatch> {
    for await (const rows of readTape(this.path, this.options)) {
      yield { events: rows.filter(wanted), now: rows[rows.length - 1].received };
    }
  }

  private async *inTime(
    wanted: (row: TapeRow) => boolean,
    clock: ReplayClock,
    signal: AbortSignal,
  ): AsyncGenerator<FeedBatch> {
    for await (const rows of readTape(this.path, this.options)) {
      const due = rows.filter(wanted);
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
