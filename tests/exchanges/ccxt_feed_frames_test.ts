import assert from "node:assert/strict";
import { seededRandom } from "../../data/random.ts";
import { BAD_TRADES, badFrames, ODD_IDS, rawTrade } from "../support/fake_exchange/bad_trades.ts";
import type { DialectName } from "../support/fake_exchange/dialect.ts";
import type { FakeExchange } from "../support/fake_exchange/fake_exchange.ts";
import { madeRows } from "../support/fake_exchange/made_rows.ts";
import { mutateFrame } from "../support/fake_exchange/mutate_frame.ts";
import { quietly } from "../support/fake_exchange/quietly.ts";
import { type Heard, listen, made, unheard } from "./listen.ts";

const DIALECTS: readonly DialectName[] = ["okx", "binance", "coinbase", "kraken"];
/** Ten megabytes take their time on a busy machine; in milliseconds. */
const PATIENCE = 60_000;

const ROWS = madeRows(120), SYMBOL = "BTC/USDT";

const refusals = ({ refused }: Heard) => Object.values(refused).reduce((sum, n) => sum + n, 0);

/** Hears a short tape, in the midst of which `send` sends what it likes. */
function hearWith(
  dialect: DialectName,
  send: (exchange: FakeExchange) => void,
  isOver: (heard: Heard) => boolean = () => true,
): Promise<Heard> {
  let sent = false;
  const began = performance.now();
  return listen({
    ...{ dialect, rows: ROWS, exchange: { pace: 40 } },
    onBatch: ({ events }, exchange) => {
      if (sent || events.length === 0) return;
      sent = true;
      send(exchange);
    },
    // What has not come by then never comes: the assertions tell.
    goesOn: (heard) => !isOver(heard) && performance.now() - began < PATIENCE,
  });
}

/** A trade that the exchange has served, as the next one would be. */
function nextTrade(exchange: FakeExchange) {
  const { trade } = exchange.served.findLast(({ symbol }) => symbol === SYMBOL)!;
  return rawTrade(SYMBOL, { ...trade, timestamp: exchange.now() });
}

for (const dialect of DIALECTS) {
  Deno.test(`${dialect}: none of the bad trades comes through, and each is counted`, async () => {
    const heard = await hearWith(
      dialect,
      (exchange) => {
        const right = { ...nextTrade(exchange), price: 1.5 };
        for (const { change } of BAD_TRADES) exchange.sendTrade(SYMBOL, change(right));
      },
      (heard) => refusals(heard) >= BAD_TRADES.length,
    );
    assert.deepEqual(unheard(heard), []);
    assert.deepEqual(made(heard), []);
    assert.equal(refusals(heard), BAD_TRADES.length, JSON.stringify(heard.refused));
  });

  Deno.test(`${dialect}: ids are kept to the last character`, async () => {
    const ids = ODD_IDS.map(({ change }) => `${change(rawTrade("", ROWS[0].trade)).id}`);
    const found = ({ events }: Heard) => {
      return events.map(({ trade }) => trade.id).filter((id) => ids.includes(id));
    };
    const heard = await hearWith(
      dialect,
      (exchange) => {
        for (const { change } of ODD_IDS) exchange.sendTrade(SYMBOL, change(nextTrade(exchange)));
      },
      (heard) => found(heard).length >= ids.length,
    );
    assert.deepEqual(new Set(found(heard)), new Set(ids));
    assert.deepEqual(unheard(heard), []);
    assert.deepEqual(heard.lost, []);
  });

  Deno.test(`${dialect}: no frame stops it, and each bad one is counted`, () =>
    quietly(async () => {
      const frames = badFrames(frameOf(dialect));
      // Text that is no UTF-8 ends the connection, by RFC 6455: nobody gets to see it.
      const seen = frames.filter(({ name }) => name !== "invalid UTF-8, text");
      for (const sent of [seen, frames]) {
        const heard = await hearWith(
          dialect,
          (exchange) => sent.forEach(({ frame }) => exchange.sendFrame(SYMBOL, frame)),
          (heard) => refusals(heard) >= seen.length || sent === frames,
        );
        assert.deepEqual(unheard(heard), [], heard.troubles.join("\n"));
        assert.deepEqual(made(heard), []);
        if (sent === seen) {
          assert.equal(refusals(heard), seen.length, JSON.stringify(heard.refused));
        }
      }
    }));

  Deno.test(`${dialect}: ten thousand spoilt frames`, () =>
    quietly(async () => {
      const random = seededRandom(7), frame = frameOf(dialect), count = 10_000;
      const spoilt = Array.from({ length: count }, () => mutateFrame(random, frame));
      // A frame may be changed where it does not matter.
      const trade = ROWS.find(({ instrument }) => instrument.symbol === SYMBOL)!.trade;
      const isIt = ({ trade: { id } }: Heard["events"][number]) => id === trade.id;
      const isOver = (heard: Heard) => refusals(heard) + heard.events.filter(isIt).length > count;
      const heard = await hearWith(dialect, (exchange) => {
        for (const one of spoilt) {
          exchange.sendFrame(SYMBOL, typeof one === "string" ? one : { bytes: one, as: "binary" });
        }
        exchange.sendFrame(SYMBOL, frame);
      }, isOver);
      assert.deepEqual(unheard(heard), [], heard.troubles.join("\n"));
      assert.deepEqual(made(heard), []);
      // What is not refused is the trade itself, which a new connection may tell of once more.
      const through = heard.events.filter(isIt).length, told = JSON.stringify(heard.refused);
      assert.ok(refusals(heard) + through > count, `${refusals(heard)} + ${through}: ${told}`);
      assert.ok(refusals(heard) <= count, told);
      assert.ok(Object.keys(heard.refused).length >= 6, told);
    }));
}

/** A right frame of the first trade of the made tape. */
function frameOf(dialect: DialectName): string {
  const { trade } = ROWS.find(({ instrument }) => instrument.symbol === SYMBOL)!;
  const { id, timestamp, price, amount, side } = trade, time = new Date(timestamp).toISOString();
  const [px, sz, ts] = [`${price}`, `${amount}`, `${timestamp}`];
  if (dialect === "okx") {
    const data = { instId: "BTC-USDT", tradeId: id, px, sz, side, ts, count: "1", source: "0" };
    return JSON.stringify({ arg: { channel: "trades", instId: "BTC-USDT" }, data: [data] });
  }
  if (dialect === "binance") {
    const trade = { t: Number(id), p: px, q: sz, T: timestamp, m: side === "sell", M: true };
    return JSON.stringify({ e: "trade", E: timestamp, s: "BTCUSDT", ...trade });
  }
  if (dialect === "coinbase") {
    const product = { trade_id: id, product_id: "BTC-USDT", price: px, size: sz };
    const trades = [{ ...product, side: side.toUpperCase(), time }];
    const envelope = { channel: "market_trades", client_id: "", timestamp: time, sequence_num: 0 };
    return JSON.stringify({ ...envelope, events: [{ type: "update", trades }] });
  }
  const rest = { price, qty: amount, ord_type: "market", trade_id: Number(id), timestamp: time };
  const data = [{ symbol: SYMBOL, side, ...rest }];
  return JSON.stringify({ channel: "trade", type: "update", data });
}
