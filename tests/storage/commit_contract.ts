import assert from "node:assert/strict";
import type {
  ClosedTrade,
  Decision,
  Fill,
  MissingCandle,
  PerformanceRow,
  Refusal,
  Signal,
  Store,
} from "../../engine/ports/store.ts";
import { FencedError, StoreError } from "../../engine/ports/store_errors.ts";
import type { ContractTest } from "./store_contract.ts";
import { bareBot, starting } from "./bare_bot.ts";

const MINUTE = 60_000, START = Date.UTC(2024, 7, 31, 23, 57);
const at = (i: number) => START + i * MINUTE;

const madeSignal = (i: number): Signal => ({
  time: at(i),
  action: i % 2 ? "exitLong" : "reverseToShort",
  confidence: 1 / 3,
  price: 60_000.1 + i,
  values: { fast: 0.1 + 0.2, slow: NaN, spread: -Infinity, odd: 5e-324, 'a "b"\\': i },
});

const madeTrade = (i: number): ClosedTrade => ({
  side: i % 2 ? "long" : "short",
  entryTime: at(i - 1),
  entryPrice: 60_000.1,
  exitTime: at(i),
  exitPrice: 59_999.9 - i,
  amount: 1 / 3,
  fees: 0.1 + 0.2,
  slippage: 0,
  funding: -0.1 - i,
  pnl: -1.234_567_890_123_456_7 - i,
  return: -5e-324,
  reason: "stopLoss",
});

const madeFill = (i: number): Fill => ({
  time: at(i),
  side: i % 2 ? "buy" : "sell",
  price: 60_000.1 + i,
  amount: 1 / 3,
  fee: 0.1 + 0.2,
  slippage: 1 / 7,
  reason: i % 2 ? "entry" : "firstTarget",
  role: i % 2 ? "taker" : "maker",
  funding: -1 / 9 - i,
  position: -0.1,
  cash: -(i + 1) / 7,
});

const madeRefusal = (i: number): Refusal => ({
  time: at(i),
  side: i % 2 ? "long" : "short",
  price: 1 / 3 + i,
  reason: "lot",
});

const madeRow = (i: number): PerformanceRow => ({
  time: at(i),
  equity: 10_000 + i / 3,
  cash: -i / 7,
  position: -0.1,
  drawdown: -i / 11,
});

const madeMissing = (i: number): MissingCandle[] =>
  ["ETH/USDT", "SOL/USDT"].map((symbol) => ({ symbol, time: at(i) }));

/** The decision on candle `i` of bot "a". */
function madeDecision(i: number, epoch: number, change: Partial<Decision> = {}): Decision {
  return {
    botId: "a",
    epoch,
    previousCursor: i === 0 ? undefined : at(i - 1),
    cursor: at(i),
    snapshot: new Uint8Array([i, 0, 255, 128]),
    signals: [madeSignal(i)],
    refusals: [madeRefusal(i)],
    fills: [madeFill(i), madeFill(i + 1)],
    trades: [madeTrade(i)],
    performance: [madeRow(i)],
    missing: madeMissing(i),
    candles: 1,
    maxDrawdown: -i / 11,
    ...change,
  };
}

const NOTHING = { signals: [], refusals: [], fills: [], trades: [] };

async function claimed({ bots }: Store): Promise<number> {
  await bots.create(bareBot("a"));
  return await bots.claim("a", starting("me"));
}

/** Everything that a commit may change. */
async function everything(store: Store) {
  return {
    bots: (await store.bots.list()).map(({ heartbeat: _, ...bot }) => bot),
    snapshot: await store.bots.snapshot("a"),
    signals: await store.signals.ofBot("a"),
    refusals: await store.refusals.ofBot("a"),
    fills: await store.fills.ofBot("a"),
    trades: await store.trades.ofBot("a"),
    performance: await store.performance.ofBot("a"),
    missing: await store.missing.ofBot("a"),
  };
}

/** What every store's `commit` must do. */
export function commitContract(test: ContractTest): void {
  test("writes a decision, every bit of it", async (store) => {
    const epoch = await claimed(store);
    await store.commit(madeDecision(0, epoch));
    assert.deepEqual(await store.signals.ofBot("a"), [madeSignal(0)]);
    assert.deepEqual(await store.trades.ofBot("a"), [madeTrade(0)]);
    assert.deepEqual(await store.refusals.ofBot("a"), [madeRefusal(0)]);
    assert.deepEqual(await store.fills.ofBot("a"), [madeFill(0), madeFill(1)]);
    assert.deepEqual(await store.performance.ofBot("a"), [{ ...madeRow(0), cash: 0, drawdown: 0 }]);
    assert.deepEqual(await store.bots.snapshot("a"), new Uint8Array([0, 0, 255, 128]));
    const bot = await store.bots.find("a");
    assert.equal(bot?.cursor, at(0));
    assert.ok((bot?.heartbeat ?? 0) >= (bot?.createdAt ?? Infinity));
    assert.deepEqual(await store.signals.ofBot("b"), []);
    assert.deepEqual(await store.missing.ofBot("a"), madeMissing(0));
    assert.deepEqual(await store.missing.ofBot("b"), []);
  });

  test("goes on from the last decision, over the end of a month", async (store) => {
    const epoch = await claimed(store);
    for (const i of [0, 1, 2, 3, 4]) await store.commit(madeDecision(i, epoch));
    const rows = [5, 6, 7];
    await store.commit(madeDecision(7, epoch, {
      previousCursor: at(4),
      signals: rows.map(madeSignal),
      refusals: rows.map(madeRefusal),
      fills: rows.map(madeFill),
      trades: rows.map(madeTrade),
      performance: rows.map(madeRow),
      candles: 180,
      maxDrawdown: -7 / 9,
    }));
    await store.commit(
      madeDecision(8, epoch, { ...NOTHING, performance: [madeRow(8)] }),
    );
    const { candles, maxDrawdown } = (await store.bots.find("a"))!;
    assert.deepEqual([candles, maxDrawdown], [5 + 180 + 1, -7 / 9]);
    const all = [0, 1, 2, 3, 4, 5, 6, 7];
    assert.deepEqual(await store.signals.ofBot("a"), all.map(madeSignal));
    assert.deepEqual(await store.trades.ofBot("a"), all.map(madeTrade));
    assert.deepEqual(await store.refusals.ofBot("a"), all.map(madeRefusal));
    const span = { after: at(1), to: at(3) };
    assert.deepEqual(await store.missing.ofBot("a", span), [2, 3].flatMap(madeMissing));
    const twice = [0, 1, 2, 3, 4].flatMap((i) => [madeFill(i), madeFill(i + 1)]);
    assert.deepEqual(await store.fills.ofBot("a"), [...twice, ...rows.map(madeFill)]);
    const times = async (range?: { after?: number; limit?: number }) =>
      (await store.performance.ofBot("a", range)).map((row) => row.time);
    assert.deepEqual(await times(), [...all, 8].map(at));
    assert.deepEqual(await times({ after: at(2), limit: 3 }), [3, 4, 5].map(at));
    const { bots, signals, trades, performance } = await store.stats();
    assert.deepEqual({ bots, signals, trades, performance }, {
      bots: 1,
      signals: 8,
      trades: 8,
      performance: 9,
    });
  });

  const outdated: Record<string, (epoch: number) => Decision> = {
    "an older epoch": (epoch) => madeDecision(1, epoch - 1),
    "an epoch to come": (epoch) => madeDecision(1, epoch + 1),
    "another cursor": (epoch) => madeDecision(1, epoch, { previousCursor: at(-1) }),
    "no cursor yet": (epoch) => madeDecision(1, epoch, { previousCursor: undefined }),
    "a bot that is not there": (epoch) => madeDecision(1, epoch, { botId: "nobody" }),
  };
  test("writes nothing of a decision that is out of date", async (store) => {
    await claimed(store);
    const epoch = await store.bots.claim("a", starting("me"));
    await store.commit(madeDecision(0, epoch));
    const before = await everything(store);
    for (const [what, decision] of Object.entries(outdated)) {
      await assert.rejects(store.commit(decision(epoch)), FencedError, what);
      assert.deepEqual(await everything(store), before, what);
    }
  });

  test("writes nothing of a decision with an impossible row", async (store) => {
    const epoch = await claimed(store);
    await store.commit(madeDecision(0, epoch));
    const before = await everything(store);
    const bad: Partial<Decision>[] = [
      { performance: [madeRow(1), madeRow(1)] },
      { performance: [{ ...madeRow(1), equity: NaN }] },
      { maxDrawdown: NaN },
      { signals: [{ ...madeSignal(1), confidence: NaN }] },
      { signals: [{ ...madeSignal(1), price: 0 }] },
      { trades: [{ ...madeTrade(1), exitPrice: Infinity }] },
      { trades: [{ ...madeTrade(1), pnl: NaN }] },
      { fills: [{ ...madeFill(1), cash: NaN }] },
      { fills: [{ ...madeFill(1), amount: 0 }] },
      { refusals: [{ ...madeRefusal(1), price: -1 }] },
    ];
    for (const change of bad) {
      await assert.rejects(store.commit(madeDecision(1, epoch, change)), (error: Error) => {
        assert.ok(error instanceof StoreError && !(error instanceof FencedError));
        return true;
      });
      assert.deepEqual(await everything(store), before);
    }
  });

  test("lets one of many decisions win that build on the same cursor", async (store) => {
    const epoch = await claimed(store);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, () => store.commit(madeDecision(0, epoch))),
    );
    const lost = outcomes.filter((outcome) => outcome.status === "rejected");
    assert.equal(lost.length, 7);
    for (const { reason } of lost) assert.ok(reason instanceof FencedError, String(reason));
    assert.equal((await store.trades.ofBot("a")).length, 1);
  });

  test("takes the decisions of many bots at once, each into months of its own", async (store) => {
    const bots = Array.from({ length: 8 }, (_, i) => `bot${i}`);
    await Promise.all(bots.map(async (botId, i) => {
      await store.bots.create(bareBot(botId));
      const epoch = await store.bots.claim(botId, starting("me"));
      let previousCursor: number | undefined;
      for (let month = 0; month < 6; month++) {
        const cursor = Date.UTC(2000 + 2 * i, month, 1), row = { ...madeRow(0), time: cursor };
        const change = {
          botId,
          previousCursor,
          cursor,
          signals: [],
          missing: [],
          performance: [row],
        };
        await store.commit(madeDecision(0, epoch, change));
        previousCursor = cursor;
      }
    }));
    const stats = await store.stats();
    assert.deepEqual([stats.performance, stats.trades], [48, 48]);
  });

  test("numbers each bot's rows by themselves when many bots decide at once, and again", async (store) => {
    const bots = Array.from({ length: 30 }, (_, i) => `bot${i}`);
    const epochs = await claimedAll(store, bots);
    for (let candle = 0; candle < 2; candle++) {
      await Promise.all(bots.map((botId, i) =>
        store.commit(madeDecision(candle, epochs[i], {
          botId,
          trades: Array.from({ length: i % 3 }, (_, n) => madeTrade(10 * i + 3 * candle + n)),
          maxDrawdown: candle === 0 ? -i / 100 : -0.05,
        }))
      ));
    }
    for (const [i, botId] of bots.entries()) {
      const wanted = [0, 1].flatMap((candle) =>
        Array.from({ length: i % 3 }, (_, n) => madeTrade(10 * i + 3 * candle + n))
      );
      assert.deepEqual(await store.trades.ofBot(botId), wanted);
      assert.deepEqual((await store.fills.numbered(botId, 0)).map(({ number }) => number), [
        1,
        2,
        3,
        4,
      ]);
      const { cursor, maxDrawdown } = (await store.bots.find(botId))!;
      assert.deepEqual([cursor, maxDrawdown], [at(1), Math.min(-i / 100, -0.05)]);
      assert.deepEqual(await store.bots.snapshot(botId), new Uint8Array([1, 0, 255, 128]));
    }
  });

  test("writes what is right of many decisions at once, beside one with an impossible row and one out of date", async (store) => {
    const bots = Array.from({ length: 12 }, (_, i) => `bot${i}`), impossible = 3, late = 7;
    const epochs = await claimedAll(store, bots);
    const outcomes = await Promise.allSettled(bots.map((botId, i) => {
      const row = { ...madeRow(0), drawdown: i === impossible ? 0.5 : -0.5 };
      const change = { botId, performance: [row] };
      return store.commit(madeDecision(0, epochs[i] - (i === late ? 1 : 0), change));
    }));
    for (const [i, outcome] of outcomes.entries()) {
      const written = (await store.performance.ofBot(bots[i])).length;
      if (i === impossible || i === late) {
        assert.ok(outcome.status === "rejected" && outcome.reason instanceof StoreError);
        assert.equal(outcome.reason instanceof FencedError, i === late);
        assert.equal(written, 0);
      } else assert.deepEqual([outcome.status, written], ["fulfilled", 1]);
    }
  });
}

/** Makes and claims bots; returns their epochs. */
async function claimedAll(store: Store, bots: readonly string[]): Promise<number[]> {
  return await Promise.all(bots.map(async (botId) => {
    await store.bots.create(bareBot(botId));
    return await store.bots.claim(botId, starting("me"));
  }));
}
