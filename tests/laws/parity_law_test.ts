import assert from "node:assert/strict";
import type { FeedEvent } from "../../engine/ports/feed.ts";
import { sharedTest } from "../support/shared.ts";
import { inTempFolder } from "../support/temp_folder.ts";
import { changedFeed, shortFeed, withCandlesTwice, withoutSnapshots } from "./parity_broken.ts";
import { mainConfigs, parityConfigs, tradesOften } from "./parity_configs.ts";
import { assertParity, printCounts } from "./parity_law.ts";
import { type ParityReplay, withReplays } from "./parity_replay.ts";
import {
  instrumentsOf,
  type PlainRow,
  readPlainTape,
  SAMPLE,
  TAPE,
  writeTape,
} from "./parity_tape.ts";

/** How many trades each bot has to close. */
const FEWEST = 20;

sharedTest(
  "law 3: three bots on each instrument of a real tape, and one of each other strategy, do what a backtest does",
  () =>
    withReplays(async (store, replay) => {
      const { rows } = readPlainTape(), configs = await parityConfigs(instrumentsOf(rows));
      assert.ok(configs.length >= 27);
      const stats = await replay({ path: TAPE, configs });
      assert.deepEqual([stats.trades, stats.late, stats.refused], [rows.length, 0, 0]);
      const counts = await assertParity(store, rows);
      printCounts(counts);
      const bots = await store.bots.list(),
        closed = await Promise.all(
          bots.map(({ id }) => store.trades.ofBot(id)),
        );
      const reasons = new Set(closed.flat().map(({ reason }) => reason));
      assert.ok(reasons.has("liquidation"), `${[...reasons]}`);
      assert.ok(closed.flat().some(({ funding }) => funding !== 0), "nobody paid funding");
      const fills = await Promise.all(bots.map(({ id }) => store.fills.ofBot(id)));
      assert.ok(fills.flat().some(({ reason }) => reason === "reduction"), "no part was closed");
      for (const { bot, trades, stops, targets, reversals, empty } of counts) {
        if (!tradesOften(bot)) continue;
        const { account, strategy } = configs.find(({ name }) => bot.startsWith(`${name}-`))!;
        // Beside an exposure there are no stops.
        if (strategy.signals.exposure !== undefined) {
          assert.ok(trades >= FEWEST && empty > 0, JSON.stringify({ bot, trades, empty }));
          continue;
        }
        const { shorts, leverage = 1 } = account;
        // What is levered has its margin for a stop.
        assert.ok(
          trades >= FEWEST && (stops > 0 || leverage > 1) && targets > 0 && empty > 0,
          JSON.stringify({ bot, trades, stops, targets, empty }),
        );
        assert.ok(shorts || reversals === 0, bot);
        assert.ok(!bot.startsWith("ema_cross") || reversals > 0, bot);
      }
    }),
);

Deno.test("law 3: a bot of each strategy on the sample tape, by the second", () =>
  withReplays(async (store, replay) => {
    const { rows } = readPlainTape(SAMPLE), configs = await parityConfigs(instrumentsOf(rows));
    await replay({ path: SAMPLE, configs });
    const counts = await assertParity(store, rows);
    printCounts(counts);
    for (const { bot, trades } of counts) assert.ok(trades >= FEWEST || !tradesOften(bot), bot);
  }));

sharedTest(
  "law 3: thirty seconds of the tape in real time",
  () =>
    inTempFolder((folder) =>
      withReplays(async (store, replay) => {
        const { header, rows } = readPlainTape(), path = `${folder}/slice.csv`;
        const slice = busiest(rows, 30_000_000_000n);
        writeTape(path, header, slice);
        const configs = await mainConfigs(instrumentsOf(slice)), seen = new Set<number>();
        await replay({
          path,
          configs,
          speed: 1,
          feed: (feed) => ({
            priceDecimals: (instrument) => feed.priceDecimals(instrument),
            async *trades(...wanted) {
              for await (const batch of feed.trades(...wanted)) {
                yield batch;
                seen.add((await store.stats()).performance);
              }
            },
          }),
        });
        const counts = await assertParity(store, slice);
        printCounts(counts);
        // The bots decided as the tape went on, not in the end.
        assert.ok(seen.size > 10, `${seen.size}`);
        assert.ok(counts.reduce((sum, { trades }) => sum + trades, 0) > 20);
      })
    ),
);

/** The rows within the stretch of so many nanoseconds that has the most of them. */
function busiest(rows: readonly PlainRow[], length: bigint): PlainRow[] {
  let from = 0, best: [number, number] = [0, 0];
  rows.forEach(({ received }, to) => {
    while (rows[from].received <= received - length) from++;
    if (to - from > best[1] - best[0]) best = [from, to];
  });
  return rows.slice(best[0], best[1] + 1);
}

/** The first hour of the sample tape, on which the self-tests replay a bot of each main strategy. */
async function firstHour(folder: string): Promise<{ tape: PlainRow[]; options: ParityReplay }> {
  const { header, rows } = readPlainTape(SAMPLE), path = `${folder}/hour.csv`;
  const tape = rows.filter(({ timestamp }) => timestamp < rows[0].timestamp + 3_600_000);
  writeTape(path, header, tape);
  return { tape, options: { path, configs: await mainConfigs(instrumentsOf(tape)) } };
}

/** After how many of its trades a replay is stopped. */
const HALFWAY = 1_000;

Deno.test("law 3 holds over a stop halfway, within one process", () =>
  inTempFolder((folder) =>
    withReplays(async (store, replay) => {
      const { tape, options } = await firstHour(folder);
      await replay({ ...options, feed: (feed) => shortFeed(feed, HALFWAY) });
      await assert.rejects(assertParity(store, tape));
      await replay(options);
      await assertParity(store, tape);
    })
  ));

const isOnBoundary = ({ trade }: FeedEvent) => trade.timestamp % 1_000 === 0;

/** Changes the first trade that lies on a boundary. */
function firstOnBoundary(change: (event: FeedEvent) => FeedEvent | undefined) {
  let done = false;
  return (event: FeedEvent) => {
    if (done || !isOnBoundary(event)) return event;
    done = true;
    return change(event);
  };
}

/** What is broken, and what the law says of it. */
const BROKEN: Readonly<Record<string, [change: Partial<ParityReplay>, complaint: RegExp]>> = {
  "a collector that drops a trade on a boundary": [
    { feed: (feed) => changedFeed(feed, firstOnBoundary(() => undefined)) },
    /^candles of synthetic BTC.USDT: row/,
  ],
  "a collector that takes a trade on a boundary for the candle before": [
    {
      feed: (feed) =>
        changedFeed(
          feed,
          firstOnBoundary(({ trade, ...event }) => ({
            ...event,
            trade: { ...trade, timestamp: trade.timestamp - 1 },
          })),
        ),
    },
    /^candles of synthetic BTC.USDT: row/,
  ],
  "a bot that decides a candle twice": [{ store: withCandlesTwice }, /^(signals|trades|equity) of/],
};

for (const [what, [change, complaint]] of Object.entries(BROKEN)) {
  Deno.test(`law 3 goes red on ${what}`, () =>
    inTempFolder((folder) =>
      withReplays(async (store, replay) => {
        const { tape, options } = await firstHour(folder);
        await replay({ ...options, ...change });
        await assert.rejects(assertParity(store, tape), { message: complaint });
      })
    ));
}

Deno.test("law 3 goes red on a bot that loses its state at a restart", () =>
  inTempFolder((folder) =>
    withReplays(async (store, replay) => {
      const { tape, options } = await firstHour(folder);
      await replay({ ...options, feed: (feed) => shortFeed(feed, HALFWAY) });
      await replay({ ...options, store: withoutSnapshots });
      await assert.rejects(assertParity(store, tape), { message: /^(signals|trades|equity) of/ });
    })
  ));
