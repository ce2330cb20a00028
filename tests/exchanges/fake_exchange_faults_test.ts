import assert from "node:assert/strict";
import type { FakeExchange } from "../support/fake_exchange/fake_exchange.ts";
import { SYMBOLS } from "../support/fake_exchange/made_rows.ts";
import { quietly } from "../support/fake_exchange/quietly.ts";
import { type RawClient, socketOf } from "../support/fake_exchange/raw_client.ts";
import { ALL, ROWS, withClient } from "../support/fake_exchange/with_client.ts";

const [BTC] = SYMBOLS;

/** Each fill a push of its own, so that trades can be counted. */
const SINGLE = { aggregate: false };
const OLD = { method: "publicGetMarketHistoryTrades" };

const publicNow = (exchange: FakeExchange) => exchange.served.length;

/** Half of the tape, heard. */
async function half({ heard, until }: RawClient, exchange: FakeExchange): Promise<void> {
  exchange.advance(100_000);
  await until(() => heard.length === publicNow(exchange));
}

for (const name of ["close", "reset"] as const) {
  Deno.test(`${name}: the socket goes, what was missed stays to be had`, () =>
    withClient("okx", async (client, exchange) => {
      const { heard, until, errors, ccxt } = client;
      await half(client, exchange);
      exchange.inject(name, { lasts: 3_000 });
      await until(() => errors.length > 0);
      const before = publicNow(exchange), heardBefore = heard.length;
      exchange.advance(2_000);
      assert.ok(publicNow(exchange) > before);
      exchange.advance(2_000);
      await until(() => exchange.sockets().subscribed === 2);
      const again = publicNow(exchange);
      exchange.advance(10_000);
      await until(() => heard.length === heardBefore + publicNow(exchange) - again);
      assert.equal(exchange.injected[name], 1);
      const told = (await ccxt.fetchTrades(BTC, undefined, 100, OLD)).map(({ id }) => id);
      const missed = exchange.served.slice(before, again).filter(({ symbol }) => symbol === BTC);
      assert.ok(missed.length > 0 && missed.every(({ trade }) => told.includes(trade.id)));
    }, SINGLE));
}

Deno.test("half-open: nothing comes and nothing is answered, but the socket is open", () =>
  withClient("okx", async (client, exchange) => {
    const { heard } = client;
    await half(client, exchange);
    const before = heard.length, socket = socketOf(client);
    assert.equal(await answerTo(socket, "ping"), "pong");
    exchange.inject("halfOpen");
    exchange.advance(20_000);
    assert.equal(await answerTo(socket, "ping", 250), "nothing");
    assert.deepEqual([heard.length, socket.readyState], [before, WebSocket.OPEN]);
    assert.equal(exchange.injected.halfOpen, 1);
  }, SINGLE));

Deno.test("silence: answers come, trades do not", () =>
  withClient("okx", async (client, exchange) => {
    const { heard, until } = client;
    await half(client, exchange);
    const before = heard.length, unheard = publicNow(exchange);
    exchange.inject("silence", { lasts: 15_000 });
    exchange.advance(15_000);
    assert.equal(await answerTo(socketOf(client), "ping"), "pong");
    assert.equal(heard.length, before);
    const again = publicNow(exchange);
    assert.ok(again > unheard);
    exchange.advance(10_000);
    await until(() => heard.length === before + publicNow(exchange) - again);
  }, SINGLE));

/** What comes next, or "nothing" within so many milliseconds. */
function answerTo(socket: WebSocket, text: string, within = 10_000): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const timer = setTimeout(() => resolve("nothing"), within);
  socket.addEventListener("message", ({ data }) => resolve(data), { once: true });
  socket.send(text);
  return promise.finally(() => clearTimeout(timer));
}

Deno.test("burst: trades are held back and come all at once, in order", () =>
  withClient("okx", async (client, exchange) => {
    const { heard, until } = client;
    await half(client, exchange);
    const before = heard.length;
    exchange.inject("burst", { lasts: 5_000 });
    exchange.advance(4_999);
    const held = publicNow(exchange) - before;
    assert.ok(held > 1);
    assert.equal(await answerTo(socketOf(client), "ping"), "pong");
    assert.equal(heard.length, before);
    exchange.advance(1);
    await until(() => heard.length === publicNow(exchange));
    assert.deepEqual(heard.map(({ id }) => id), exchange.served.map(({ trade }) => trade.id));
    assert.equal(exchange.injected.burst, 1);
  }, SINGLE));

Deno.test("duplicate: trades come twice", () =>
  withClient("okx", async ({ heard, until }, exchange) => {
    exchange.inject("duplicate", { times: 7 });
    exchange.advance(ALL);
    await until(() => heard.length === ROWS.length + 7);
    const keys = heard.map(({ symbol, id }) => `${symbol} ${id}`);
    assert.equal(new Set(keys).size, ROWS.length);
    assert.equal(exchange.injected.duplicate, 7);
  }, SINGLE));

Deno.test("reorder: trades are overtaken, by less than a second", () =>
  withClient("okx", async ({ heard, until }, exchange) => {
    exchange.inject("reorder", { times: 40 });
    exchange.advance(ALL);
    await until(() => heard.length === ROWS.length);
    let back = 0;
    for (const symbol of SYMBOLS) {
      const trades = heard.filter((trade) => trade.symbol === symbol);
      for (let i = 1; i < trades.length; i++) {
        assert.ok(trades[i].timestamp > trades[i - 1].timestamp - 1_000);
        if (Number(trades[i].id) < Number(trades[i - 1].id)) back++;
      }
    }
    assert.ok(back > 0 && exchange.injected.reorder >= back);
  }, SINGLE));

Deno.test("late: a trade is nowhere before its minute is over, then pushed and told", () =>
  withClient("okx", async (client, exchange) => {
    const { heard, until, ccxt } = client;
    await half(client, exchange);
    exchange.inject("late");
    const index = publicNow(exchange), { trade, instrument } = ROWS[index];
    const end = Math.ceil(trade.timestamp / 60_000) * 60_000;
    exchange.advance(end - exchange.now());
    assert.equal(exchange.injected.late, 1);
    await until(() => heard.length === publicNow(exchange));
    const isIt = ({ id, symbol }: { id: string; symbol: string }) => {
      return id === trade.id && symbol === instrument.symbol;
    };
    const told = () => ccxt.fetchTrades(instrument.symbol, undefined, 500);
    assert.ok(!heard.some(isIt) && !(await told()).some(isIt));
    exchange.advance(30_000);
    await until(() => heard.some(isIt));
    assert.ok((await told()).some(isIt));
    const served = exchange.served.find(({ trade: { id }, symbol }) => isIt({ id, symbol }));
    assert.ok(served!.at > end);
  }, SINGLE));

for (const name of ["malformed", "oversized"] as const) {
  Deno.test(`${name}: frames that are no trades come between the trades`, () =>
    withClient("okx", async (client, exchange) => {
      const { heard, until } = client, sizes: number[] = [], messages: unknown[] = [];
      await half(client, exchange);
      const left = ROWS.length - heard.length;
      socketOf(client).addEventListener("message", ({ data }) => {
        sizes.push(data.length ?? data.byteLength);
        messages.push(data);
      });
      await quietly(async () => {
        exchange.inject(name, { times: 3 });
        exchange.advance(ALL);
        const valid = () => new Set(heard.map(({ symbol, id }) => `${symbol} ${id}`)).size;
        await until(() => valid() === ROWS.length && messages.length === left + 3);
      });
      assert.equal(exchange.injected[name], 3);
      assert.equal(sizes.filter((size) => size > 9_000_000).length, name === "oversized" ? 3 : 0);
    }, SINGLE));
}
