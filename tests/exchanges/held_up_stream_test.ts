import assert from "node:assert/strict";
import type { FeedEvent } from "../../engine/ports/feed.ts";
import { madeRows, SYMBOLS } from "../support/fake_exchange/made_rows.ts";
import { DIALECTS, feedOf, stepped } from "./stepped_feed.ts";

/** So long does nothing arrive, in milliseconds of the exchange: a process that was frozen, or a network. */
const HELD_UP = 30_000;

/** So much older than what was observed may a trade be that is in time: a collector's grace. */
const GRACE = 2_000;

/** All that a feed gives of a tape that is held up once, in the midst. */
async function hearHeldUp(dialect: typeof DIALECTS[number]): Promise<FeedEvent[]> {
  const rows = madeRows(200), exchange = await stepped(dialect, rows), heard: FeedEvent[] = [];
  const stop = new AbortController(), last = rows.at(-1)!.trade;
  const feed = feedOf(dialect, exchange), half = rows[100].trade.timestamp;
  const instruments = SYMBOLS.map((symbol) => ({ exchange: dialect, symbol }));
  let wasHeldUp = false;
  const timer = setInterval(() => {
    const holds = !wasHeldUp && exchange.now() >= half;
    wasHeldUp ||= holds;
    exchange.advance(holds ? HELD_UP : 100);
  }, 2);
  try {
    for await (const { events } of feed.trades(instruments, () => undefined, stop.signal)) {
      heard.push(...events);
      if (heard.some(({ trade }) => trade.timestamp === last.timestamp)) stop.abort();
    }
    return heard;
  } finally {
    clearInterval(timer);
    stop.abort();
    await exchange.stop();
  }
}

for (const dialect of DIALECTS) {
  Deno.test(`${dialect}: a stream that was held up is not taken for silence`, async () => {
    const heard = await hearHeldUp(dialect);
    assert.ok(heard.length > 150, `${heard.length} trades`);
    let through = -Infinity, late = 0;
    for (const { trade, received, observed = received } of heard) {
      if (trade.timestamp < through - GRACE) late++;
      through = Math.max(through, observed);
    }
    assert.equal(late, 0);
  });
}
