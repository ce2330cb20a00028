import assert from "node:assert/strict";
import { BAD_TRADES, badFrames, ODD_IDS, rawTrade } from "../support/fake_exchange/bad_trades.ts";
import type { DialectName } from "../support/fake_exchange/dialect.ts";
import { SYMBOLS } from "../support/fake_exchange/made_rows.ts";
import { quietly } from "../support/fake_exchange/quietly.ts";
import { socketOf } from "../support/fake_exchange/raw_client.ts";
import { ROWS, withClient } from "../support/fake_exchange/with_client.ts";

const NAMES: readonly DialectName[] = ["okx", "binance", "coinbase", "kraken"];
const [BTC] = SYMBOLS;

for (const name of NAMES) {
  Deno.test(`bad trades and frames reach ccxt through ${name}`, () =>
    withClient(name, async (client, exchange) => {
      const { heard, until } = client, { trade } = ROWS[0], good = rawTrade(BTC, trade);
      const messages: string[] = [];
      socketOf(client).addEventListener("message", ({ data }) => {
        if (data !== '{"channel":"heartbeat"}') messages.push(`${data}`);
      });
      exchange.sendTrade(BTC, good);
      await until(() => heard.length === 1);
      messages.splice(0, messages.length - 1); // what acknowledged the subscription
      const { id, timestamp, price, amount, side } = heard[0];
      assert.deepEqual({ id, timestamp, price, amount, side }, trade);
      for (const { change } of BAD_TRADES) exchange.sendTrade(BTC, change(good));
      await until(() => messages.length === 1 + BAD_TRADES.length);
      assert.equal(new Set(messages).size, messages.length);
      for (const text of messages) JSON.parse(text);
      const before = heard.length;
      for (const { change } of ODD_IDS) exchange.sendTrade(BTC, change(good));
      await until(() => heard.length === before + ODD_IDS.length);
      const ids = heard.slice(before).map((trade) => trade.id);
      assert.deepEqual(ids, ODD_IDS.map(({ change }) => change(good).id));
      await quietly(async () => {
        const frames = badFrames(messages[0]).filter((odd) => odd.name !== "invalid UTF-8, text");
        for (const { frame } of frames) exchange.sendFrame(BTC, frame);
        await until(() => messages.length === 1 + BAD_TRADES.length + 3 + frames.length);
      });
    }));
}
