import assert from "node:assert/strict";
import type { AccountSettings } from "../../../engine/account/settings.ts";
import { newBot } from "../../../engine/live/bots/run_record.ts";
import { verifyBot } from "../../../engine/live/verify/verify_bot.ts";
import type { Store } from "../../../engine/ports/store.ts";
import { backtest } from "../../../engine/research/backtest.ts";
import { RUN_VERSION } from "../../../engine/run/run.ts";
import { loadConfig } from "../../../engine/strategy/load.ts";
import { CANDLES, CONFIGS, resume, storeCandles } from "../made_bots.ts";
import { verifiedAfter, withDecided } from "./tampered.ts";

const ROWS = 200, LAST = CANDLES[ROWS - 1].time, { market } = CONFIGS[0];

Deno.test("verify tells that a candle is not what was decided on, and what that was", () =>
  withDecided(ROWS, async ({ store, ids: [id], sql }) => {
    const held = (await store.performance.ofBot(id)).filter(({ position }) => position !== 0);
    const { time } = held[held.length >> 1],
      { close, high } = CANDLES.find((one) => one.time === time)!;
    const raised = high + 1;
    const { outcome, first, detail } = await verifiedAfter(
      { store, sql },
      id,
      (sql) =>
        sql`update market_data set close = ${raised}, high = ${raised}
            where timestamp = ${new Date(time)}`,
    );
    assert.equal(outcome, "diverged");
    assert.equal(first!.time, time);
    const iso = new Date(time).toISOString().replace(".000Z", "Z");
    assert.ok(
      detail.includes(
        `what is stored goes by a close of ${close}, but the candle of ${iso} closes at ${raised}`,
      ),
      detail,
    );
    const gone = await verifiedAfter(
      { store, sql },
      id,
      (sql) => sql`delete from market_data where timestamp = ${new Date(time)}`,
    );
    assert.equal(gone.outcome, "diverged");
    assert.equal(gone.cause, `the candle of ${iso}, which it decided on, is gone`);
  }));

Deno.test("verify tells a bot whose config or beginning was changed from one that it cannot run", () =>
  withDecided(20, async (decided) => {
    const { store, ids: [id, other] } = decided;
    const at = (tamper: Parameters<typeof verifiedAfter>[2]) => verifiedAfter(decided, id, tamper);
    const config = "its config is not the one that it was started with";
    const edited = await at((sql) =>
      sql`update bots set config = jsonb_set(config, '{account,fee}', '0.5') where id = ${id}`
    );
    assert.deepEqual([edited.outcome, edited.detail], ["diverged", config]);
    for (const nonsense of ["null", "{}", '{"market":1}', "[]", '"x"']) {
      const corrupt = await at((sql) =>
        sql`update bots set config = ${nonsense}::text::jsonb where id = ${id}`
      );
      assert.deepEqual([corrupt.outcome, corrupt.detail], ["diverged", config], nonsense);
    }
    const begun = await at((sql) =>
      sql`update bots set run = jsonb_set(run, '{start}', '1') where id = ${id}`
    );
    assert.equal(begun.outcome, "diverged");
    assert.match(begun.detail, /^its run \(anchor, start or front\) is not the one/);
    const older = await at((sql) =>
      sql`update bots set run = jsonb_set(run, '{version}', '1') where id = ${id}`
    );
    assert.equal(older.outcome, "unknown");
    assert.match(older.detail, new RegExp(`under version 1 .* this is version ${RUN_VERSION}`));
    for (const one of [id, other]) assert.equal((await verifyBot(store, one)).outcome, "same");
  }));

Deno.test("a bot of which an operator has another version now cannot be told", () =>
  withDecided(1, async ({ store }) => {
    const text = JSON.stringify(CONFIGS[0]).replace('"version":1', '"version":7');
    const { id } = await store.bots.create(
      newBot(JSON.parse(text), { decimals: 2, anchor: 0, start: 0 }),
    );
    const { outcome, detail } = await verifyBot(store, id);
    assert.equal(outcome, "unknown");
    assert.match(detail, /^this engine cannot run it: bot .*version 7.*with other numbers/s);
    await assert.rejects(verifyBot(store, "nobody"), { name: "InputError" });
  }));

/** What a backtest over the candles as they are now gives. */
async function backtestNow(store: Store, config: typeof CONFIGS[0]) {
  const { strategy, parameters } = loadConfig(JSON.stringify(config), "config");
  const candles = await store.marketData.candles(market, { revision: "latest", to: LAST });
  const account = config.account as AccountSettings;
  return backtest(strategy, candles, { params: parameters, account, decimals: 4, start: 0 });
}

Deno.test("what late revisions would have changed is told, and is no divergence", () =>
  withDecided(ROWS, async ({ store, ids: [id] }) => {
    const { time } = CANDLES[60], spike = CANDLES[60].high * 1.01;
    const { marketData } = store;
    await marketData.upsertCandles(market, [{ ...CANDLES[60], high: spike, close: spike }], {
      force: true,
    });
    const { outcome, now } = await verifyBot(store, id, { page: 50 });
    assert.equal(outcome, "same");
    assert.deepEqual(now!.revised, { count: 1, first: time, last: time });
    const expected = await backtestNow(store, CONFIGS[0]);
    const was = await store.performance.ofBot(id), is = expected.equity.column("equity");
    assert.equal(now!.equity, is.at(-1));
    assert.notEqual(now!.equity, was.at(-1)!.equity);
    const { drawdown, cash, position } = expected.equity.columns;
    const other = was.filter((row, i) =>
      row.equity !== is[i] || row.cash !== cash[i] || row.position !== position[i] ||
      row.drawdown !== drawdown[i]
    );
    assert.equal(now!.tables.performance.changed, other.length);
    const fills = await store.fills.ofBot(id), { rows } = expected.fills;
    const changed = fills.filter((fill, i) =>
      rows[i] && JSON.stringify(fill) !== JSON.stringify(rows[i])
    );
    const texts = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row));
    const decided = texts(await store.signals.ofBot(id)), would = texts(expected.signals.rows);
    const signals = new Set(decided).symmetricDifference(new Set(would));
    const rest = [...signals].map((text) => JSON.parse(text));
    const earliest = Math.min(...[...other, changed[0], ...rest].map((row) => row.time));
    assert.equal(now!.first!.time, earliest);
    const { fills: tally } = now!.tables;
    assert.deepEqual([tally.rows, tally.changed], [rows.length, changed.length]);
    // One that makes no difference: nobody looks at how many trades there were.
    const same = { ...CANDLES[70], trades: 99 };
    await marketData.upsertCandles(market, [{ ...CANDLES[60] }, same], { force: true });
    const again = await verifyBot(store, id);
    assert.deepEqual([again.outcome, again.now!.revised.count], ["same", 2]);
    assert.equal(again.now!.first, undefined);
  }));

Deno.test("a bot that decides while it is verified is looked at as far as it was then", () =>
  withDecided(100, async ({ store, ids: [id] }) => {
    let goesOn = true;
    const { performance } = store;
    const disturbed: Store = {
      ...store,
      performance: {
        ...performance,
        async months() {
          if (goesOn) {
            goesOn = false;
            await storeCandles(store, 100, ROWS);
            await (await resume(id, store)).processCandles();
          }
          return await performance.months();
        },
      },
    };
    const { outcome, candles, to } = await verifyBot(disturbed, id);
    assert.deepEqual([outcome, candles, to], ["same", 100, CANDLES[99].time]);
    const now = await verifyBot(store, id);
    assert.deepEqual([now.outcome, now.candles, now.to], ["same", ROWS, LAST]);
  }));

Deno.test("equity that is not kept any more is not missed, but removed rows are", () =>
  withDecided(ROWS, async ({ store, ids: [id], sql }) => {
    const month = new Date(LAST).toISOString().slice(0, 7);
    assert.deepEqual(await store.performance.months(), [month]);
    await sql`delete from bot_performance where bot_id = ${id}`;
    const removed = await verifyBot(store, id);
    assert.deepEqual([removed.outcome, removed.tables.performance?.missing], ["diverged", ROWS]);
    await store.maintain({ now: LAST + 70 * 86_400_000, performanceMonths: 1 });
    const dropped = await verifyBot(store, id);
    assert.deepEqual([dropped.outcome, dropped.dropped], ["same", ROWS]);
  }));

Deno.test("verify finds that something was asked of a bot of which it knew nothing, or no more", () =>
  withDecided(ROWS, async (decided) => {
    const { store, ids: [id], sql } = decided,
      held = (await store.performance.ofBot(id))
        .find(({ position }) => position !== 0)!;
    const asked = await verifiedAfter(
      decided,
      id,
      (sql) =>
        sql`insert into bot_wishes (bot_id, number, wish, asked_by, reason, not_before, outcome, acted_at)
          values (${id}, 1, 'liquidate', 'nobody', '', now(), 'done', ${new Date(held.time)})`,
    );
    assert.equal(asked.outcome, "diverged");
    assert.ok(asked.first!.time >= held.time);
    await sql`delete from bot_wishes`;
    assert.equal((await verifyBot(store, id)).outcome, "same");
  }));

Deno.test("a bot that began later than a candle was filled in does the same again with it, others without", () =>
  withDecided(0, async ({ store, ids: [early] }) => {
    const hole = 40, { marketData } = store;
    await storeCandles(store, 0, hole);
    await storeCandles(store, hole + 1, 100);
    const old = await resume(early, store);
    assert.equal(await old.processCandles(), 99);
    await storeCandles(store, hole, hole + 1);
    const front = CANDLES[99].time, start = CANDLES[60].time;
    const config = { ...CONFIGS[0], name: "late" };
    const late = newBot(config, { decimals: 2, anchor: 0, start, front });
    await store.bots.create(late);
    await storeCandles(store, 100, ROWS);
    const young = await resume(late.id, store);
    assert.equal(await young.processCandles(), ROWS);
    await old.processCandles();
    const verified = await Promise.all([early, late.id].map((id) => verifyBot(store, id)));
    assert.deepEqual(verified.map(({ outcome, candles }) => [outcome, candles]), [
      ...[["same", ROWS - 1], ["same", ROWS]],
    ]);
    assert.deepEqual(verified.map(({ now }) => now?.revised.count), [1, undefined]);
    assert.equal((await marketData.candles(market)).length, ROWS - 1);
  }));
