import type { LiveParts } from "../../../engine/cli/live.ts";
import { note } from "../../../engine/cli/output.ts";
import type { Bus } from "../../../engine/ports/bus.ts";
import type { Feed, FeedBatch } from "../../../engine/ports/feed.ts";
import type { Decision, Store } from "../../../engine/ports/store.ts";
import type { KillCounter } from "./kill_points.ts";
import { replaced } from "./replaced.ts";

/** What is done to the parts of a live process. */
export interface Watching {
  points: KillCounter;
  /** How long a silent interval stays open, in milliseconds of the exchange. */
  grace: number;
  /** Nothing is observed from this time on, UTC milliseconds: so that every run ends with the same candle. */
  end: number;
  /** The control: a decision is two transactions, and the process ends between them at a kill point. */
  splits: boolean;
}

/** The parts of a live process, of which each point on the way of a trade is told. */
export function watchedParts(parts: LiveParts, watching: Watching): LiveParts {
  const { store, bus, trading } = parts, { points, grace } = watching;
  const providers = new Map(
    Array.from(
      trading.providers,
      ([name, { feed, ...more }]) =>
        [name, { ...more, feed: watchedFeed(feed, watching) }] as const,
    ),
  );
  return {
    store: watchedStore(store, watching),
    bus: watchedBus(bus, points),
    trading: { ...trading, providers, collecting: { ...trading.collecting, grace } },
  };
}

/** What a process says when it begins to hear all that is traded. */
export const LISTENS = "listens";

function watchedFeed(feed: Feed, { points, grace, end }: Watching): Feed {
  const until = end + grace;
  return replaced(feed, {
    async *trades(...wanted) {
      let listens = false;
      for await (const { events, ...batch } of feed.trades(...wanted)) {
        if (!listens && batch.now > -Infinity) {
          listens = true;
          note(LISTENS);
        }
        for (const _ of events) points.pass("tradeReceived");
        yield { events, ...capped(batch, until) };
      }
    },
  });
}

function capped(batch: Omit<FeedBatch, "events">, until: number): Omit<FeedBatch, "events"> {
  const least = (time: number) => Math.min(time, until);
  const times = batch.times && new Map(
    Array.from(batch.times, ([name, time]) => [name, least(time)] as const),
  );
  return { ...batch, now: least(batch.now), ...(times && { times }) };
}

function watchedStore(store: Store, { points, splits }: Watching): Store {
  const { marketData } = store;
  const commit = async (decision: Decision) => {
    points.pass("beforeTransaction");
    const committing = splits ? commitSplit(store, decision, points) : store.commit(decision);
    // What is sent is sent a moment later.
    if (!splits) setTimeout(() => points.pass("inTransaction"), 0);
    await committing;
    points.pass("afterTransaction");
  };
  return replaced(store, {
    commit,
    marketData: replaced(marketData, {
      upsertCandles(...candles) {
        points.pass("candleClosed");
        return marketData.upsertCandles(...candles);
      },
    }),
  });
}

/** Writes state and cursor first, and then what was decided: whoever ends between them has lost that. */
async function commitSplit(store: Store, decision: Decision, points: KillCounter): Promise<void> {
  const none = { signals: [], refusals: [], fills: [], trades: [], performance: [] };
  await store.commit({ ...decision, ...none });
  points.pass("inTransaction");
  await store.commit({ ...decision, previousCursor: decision.cursor, candles: 0 });
}

function watchedBus(bus: Bus, points: KillCounter): Bus {
  return replaced(bus, {
    publish(...message) {
      points.pass("beforePublish");
      return bus.publish(...message);
    },
  });
}
