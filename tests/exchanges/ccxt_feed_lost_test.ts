import assert from "node:assert/strict";
import { madeRows, SYMBOLS } from "../support/fake_exchange/made_rows.ts";
import { type Heard, listen, unheard } from "./listen.ts";
import { DIALECTS } from "./stepped_feed.ts";

Deno.test("trades from before it listens are had from the time on that is asked for", async () => {
  const rows = madeRows(400);
  await Promise.all(DIALECTS.map(async (dialect) => {
    const middle = rows[rows.length >> 1].trade.timestamp;
    const heard = await listen({
      ...{ dialect, rows, exchange: { pace: 100 }, since: () => middle },
      before: (exchange) => exchange.advance(rows.at(-100)!.trade.timestamp - exchange.now()),
    });
    const missing = unheard(heard).filter(({ trade }) => trade.timestamp >= middle);
    assert.deepEqual(missing, [], dialect);
    assert.deepEqual(heard.lost, [], dialect);
    assert.ok(heard.events.length < rows.length, dialect);
    assert.ok(Math.min(...heard.events.map(({ trade }) => trade.timestamp)) <= middle, dialect);
  }));
});

Deno.test("what an exchange has forgotten is told as lost, with its bounds", async () => {
  const rows = madeRows(400), since = rows[0].trade.timestamp;
  await Promise.all((["okx", "binance"] as const).map(async (dialect) => {
    const heard = await listen({
      ...{ dialect, rows, exchange: { pace: 100, memory: { trades: 150 } }, since: () => since },
      before: (exchange) => exchange.advance(rows.at(-100)!.trade.timestamp - exchange.now()),
    });
    assert.equal(heard.lost.length, SYMBOLS.length, JSON.stringify(heard.lost));
    for (const { instrument: { symbol }, from, to } of heard.lost) {
      const gone = unheard(heard).filter((served) => served.symbol === symbol);
      const first = heard.events.find(({ instrument }) => instrument.symbol === symbol)!;
      assert.ok(gone.length > 0);
      assert.equal(from, since);
      assert.equal(to, first.trade.timestamp + 1);
      assert.ok(gone.every(({ trade }) => trade.timestamp >= from && trade.timestamp < to));
    }
  }));
});

for (const [name, lasts] of [["a long", 30_000], ["a short", 1_800]] as const) {
  Deno.test(`${name} silence in an open socket that cannot be filled is told, with its bounds`, async () => {
    const rows = madeRows(300), at = rows[200].trade.timestamp;
    await Promise.all(DIALECTS.map(async (dialect) => {
      let cut = false;
      const heard = await listen({
        ...{ dialect, rows, exchange: { pace: 60 }, settings: { tries: 3 } },
        onBatch: (_, exchange) => {
          if (cut || exchange.now() < at) return;
          cut = true;
          SYMBOLS.forEach((symbol) =>
            exchange.forget(symbol, exchange.now(), exchange.now() + lasts)
          );
          exchange.inject("silence", { lasts });
        },
      });
      checkLost(heard, dialect);
    }));
  });
}

function checkLost(heard: Heard, dialect: string): void {
  const gone = unheard(heard);
  assert.ok(gone.length > 0 && heard.lost.length > 0, dialect);
  for (const { symbol, trade } of gone) {
    const span = heard.lost.find(({ instrument, from, to }) => {
      return instrument.symbol === symbol && trade.timestamp >= from && trade.timestamp < to;
    });
    assert.ok(span, `${dialect} ${trade.id}`);
  }
  for (const span of heard.lost) {
    // From the last trade before the hole to the first one behind it.
    const near = heard.events.filter(({ instrument, trade }) => {
      return instrument.symbol === span.instrument.symbol && trade.timestamp > span.from &&
        trade.timestamp < span.to - 1;
    });
    assert.deepEqual(near, [], dialect);
  }
}
