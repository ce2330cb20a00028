import assert from "node:assert/strict";
import { type Instrument, instrumentKey } from "../../engine/market/trade.ts";
import type { Feed, FeedBatch, FeedEvent } from "../../engine/ports/feed.ts";

/** A feed to be tested, and what its source has. */
export interface FeedCase {
  feed: Feed;
  /** All that the source sends, in the order in which it arrives. */
  events: readonly FeedEvent[];
}

/** Runs a test with a feed whose source has at least two instruments. */
export type WithFeed = (test: (one: FeedCase) => Promise<void>) => Promise<void>;

const never = new AbortController().signal;

/** All that a feed gives. */
export async function batchesOf(
  feed: Feed,
  instruments: readonly Instrument[],
  since: (instrument: Instrument) => number | undefined = () => undefined,
  signal: AbortSignal = never,
): Promise<FeedBatch[]> {
  return await Array.fromAsync(feed.trades(instruments, since, signal));
}

function instrumentsOf(events: readonly FeedEvent[]): Instrument[] {
  const byKey = new Map(events.map(({ instrument }) => [instrumentKey(instrument), instrument]));
  return [...byKey.values()];
}

/** Registers what every feed must do; `name` begins the names of the tests. */
export function feedContract(name: string, withFeed: WithFeed): void {
  const test = (what: string, body: (one: FeedCase) => Promise<void>) =>
    Deno.test(`${name} ${what}`, () => withFeed(body));

  test("gives every trade once, in the order of arrival", async ({ feed, events }) => {
    const batches = await batchesOf(feed, instrumentsOf(events));
    assert.deepEqual(batches.flatMap((batch) => batch.events), events);
  });

  test("gives only the instruments that are asked for", async ({ feed, events }) => {
    for (const instrument of instrumentsOf(events)) {
      const key = instrumentKey(instrument), batches = await batchesOf(feed, [{ ...instrument }]);
      const own = events.filter((event) => instrumentKey(event.instrument) === key);
      assert.deepEqual(batches.flatMap((batch) => batch.events), own);
    }
    const other = { exchange: "nowhere", symbol: "NO/NE" };
    assert.deepEqual((await batchesOf(feed, [other])).flatMap((batch) => batch.events), []);
  });

  test("tells a time that is never before its trades and never goes back", async (one) => {
    const reached = new Map<string, number>(), last = one.events.at(-1)!;
    const exchanges = new Set(one.events.map(({ instrument }) => instrument.exchange));
    for (const { events, now, times } of await batchesOf(one.feed, instrumentsOf(one.events))) {
      for (const exchange of exchanges) {
        const time = times ? times.get(exchange) ?? -Infinity : now;
        for (const { instrument, trade, received } of events) {
          if (instrument.exchange !== exchange) continue;
          assert.ok(trade.timestamp <= received && received <= time);
        }
        assert.ok(time >= (reached.get(exchange) ?? -Infinity));
        reached.set(exchange, time);
      }
    }
    assert.equal(reached.get(last.instrument.exchange), last.received);
  });

  test("leaves nothing out from the times that are asked for", async ({ feed, events }) => {
    const instruments = instrumentsOf(events);
    const middle = events[events.length >> 1].trade.timestamp;
    const since = new Map(instruments.map((one, i) => [instrumentKey(one), middle + 700 * i]));
    const batches = await batchesOf(feed, instruments, (one) => since.get(instrumentKey(one)));
    const given = new Set(batches.flatMap((batch) => batch.events).map(({ trade }) => trade.id));
    const wanted = events.filter(({ instrument, trade }) =>
      trade.timestamp >= since.get(instrumentKey(instrument))!
    );
    assert.ok(wanted.length > 0 && wanted.length < events.length);
    for (const { trade } of wanted) assert.ok(given.has(trade.id), trade.id);
  });

  test("ends at once when it is told to before it begins", async ({ feed, events }) => {
    assert.deepEqual(
      await batchesOf(feed, instrumentsOf(events), () => undefined, AbortSignal.abort()),
      [],
    );
  });
}
