/** What programs outside are told: whether all is well, and numbers. */
import assert from "node:assert/strict";
import { METRICS } from "../../engine/dashboard/metrics_text.ts";
import type { Store } from "../../engine/ports/store.ts";
import { bareBot, starting } from "../storage/bare_bot.ts";
import { madeCandle } from "../storage/market_data_contract.ts";
import { textOf } from "../house/project_files.ts";
import { ask, withDashboard } from "./with_dashboard.ts";

const KEY = { exchange: "okx", symbol: "BTC/USDT", timeframe: "1m" } as const;
const CONFIG = { strategy: { name: "cross" }, market: KEY, account: { balance: 1_000 } };
const MINUTE = 60_000;

async function healthAt(url: string) {
  const { status, text } = await ask(`${url}/health`);
  return { code: status, ...JSON.parse(text) as { reasons: string[]; warnings: string[] } };
}

/** A candle that closed so long before the database's now. */
async function storeCandle(store: Store, ago: number, key: object = {}): Promise<number> {
  const { now } = await store.watch.glance({ limit: 1 }), time = Math.floor(now) - ago;
  await store.marketData.upsertCandle({ ...KEY, ...key }, madeCandle(0, { time }));
  return time;
}

async function atWork(store: Store, id: string, config: object = CONFIG): Promise<number> {
  await store.bots.create(bareBot(id, config));
  return await store.bots.claim(id, starting("me"));
}

Deno.test("health says that data is stale, and the collector silent, while the process lives", () =>
  withDashboard(async ({ url, store }) => {
    assert.deepEqual([(await healthAt(url)).code, (await healthAt(url)).reasons], [200, []]);
    await storeCandle(store, 3_600_000, { symbol: "NOBODY/NEEDS" });
    assert.equal((await healthAt(url)).code, 200);
    await atWork(store, "a");
    const missing = await healthAt(url);
    assert.deepEqual([missing.code, missing.reasons], [503, ["okx BTC/USDT 1m has no candles"]]);
    await storeCandle(store, 10 * MINUTE);
    const stale = await healthAt(url);
    assert.equal(stale.code, 503);
    assert.match(
      stale.reasons.join("; "),
      /collector is silent.*BTC\/USDT 1m is stale.*\d+ min ago/,
    );
    await storeCandle(store, -MINUTE);
    assert.deepEqual([(await healthAt(url)).code, (await healthAt(url)).reasons], [200, []]);
  }));

Deno.test("health says that a market which a bot only reads is missing, or stale", () =>
  withDashboard(async ({ url, store }) => {
    const graph = {
      close: { op: "close", version: 1, inputs: [] },
      other: { op: "instrument", version: 1, inputs: ["#close"], args: { symbol: "ETH/USDT" } },
    };
    await atWork(store, "a", { ...CONFIG, strategy: { ...CONFIG.strategy, graph } });
    // Configs that say nothing of that kind are none the worse for it.
    await atWork(store, "b", { ...CONFIG, strategy: { name: "odd", graph: "none" } });
    await storeCandle(store, -MINUTE);
    const missing = await healthAt(url);
    assert.deepEqual([missing.code, missing.reasons], [503, ["okx ETH/USDT 1m has no candles"]]);
    await storeCandle(store, 10 * MINUTE, { symbol: "ETH/USDT" });
    const stale = await healthAt(url);
    assert.equal(stale.code, 503);
    assert.match(stale.reasons.join("; "), /^okx ETH\/USDT 1m is stale: /);
    const { series } = JSON.parse((await ask(`${url}/api/data`)).text);
    const needed = (symbol: string) =>
      series.find((one: { symbol: string }) => one.symbol === symbol).needed;
    assert.deepEqual([needed("BTC/USDT"), needed("ETH/USDT")], [true, true]);
    await storeCandle(store, -MINUTE, { symbol: "ETH/USDT" });
    assert.deepEqual([(await healthAt(url)).code, (await healthAt(url)).reasons], [200, []]);
  }));

Deno.test("health says which bots nobody has, and who waits for a person", () =>
  withDashboard(async ({ url, store }) => {
    // A recording's time is not ours: it is never stale.
    const market = { ...KEY, exchange: "okx@12345678" };
    const epoch = await atWork(store, "a", { ...CONFIG, market });
    await atWork(store, "b", { ...CONFIG, market });
    assert.equal((await healthAt(url)).code, 200);
    await store.bots.setStatus("a", epoch, "quarantined", "it threw");
    const { code, warnings } = await healthAt(url);
    assert.deepEqual([code, warnings], [200, ["bot a: quarantined: it threw"]]);
    await store.bots.release("me");
    assert.deepEqual((await healthAt(url)).reasons, ["bot b: no process"]);
  }));

Deno.test("health and metrics say that the database is away", () =>
  withDashboard(async ({ url, store }) => {
    await store.close();
    const { code, reasons } = await healthAt(url);
    assert.equal(code, 503);
    assert.match(reasons.join("; "), /^the database is away: /);
    const { status, text } = await ask(`${url}/metrics`);
    assert.equal(status, 200);
    assert.deepEqual(text.split("\n").filter((line) => /^[^#]/.test(line)), ["lockstep_up 0"]);
    assert.equal((await ask(`${url}/api/data`)).status >= 500, true);
  }));

Deno.test("health and metrics tell of who cannot be notified, also while the database is away", async () => {
  const trouble = { since: Date.UTC(2024, 7, 8, 12, 0, 1), detail: "it answered 403" };
  const receivers = () => [
    { name: "ntfy", told: 7, lost: 0, failures: 1, trouble: undefined },
    { name: "telegram", told: 0, lost: 2, failures: 3, trouble },
  ];
  await withDashboard(async ({ url, store }) => {
    const check = async (code: number) => {
      const health = await healthAt(url), all = await metricsAt(url);
      assert.equal(health.code, code);
      assert.deepEqual(health.warnings, [
        "telegram has not been notified since 2024-08-08T12:00:01Z: it answered 403; " +
        "2 happenings are lost",
      ]);
      const told = ["notified", "notify_lost", "notify_failures", "notify_trouble"].map((name) =>
        ["ntfy", "telegram"].map((one) => all.get(`lockstep_${name}{receiver="${one}"}`))
      );
      assert.deepEqual(told, [[7, 0], [0, 2], [1, 3], [0, 1]]);
    };
    await check(200);
    await store.close();
    await check(503);
  }, { receivers });
});

/** The metrics that Prometheus would read: name and labels to value. */
async function metricsAt(url: string): Promise<Map<string, number>> {
  const { text } = await ask(`${url}/metrics`);
  const lines = text.split("\n").filter((line) => /^[^#]/.test(line));
  return new Map(lines.map((line) => {
    const [, name, value] = /^(\S+(?:\{.*\})?) (\S+)$/.exec(line)!;
    return [name, Number(value)];
  }));
}

Deno.test("metrics tell the numbers of bots and markets", () =>
  withDashboard(async ({ url, store }) => {
    const epoch = await atWork(store, "a"), time = await storeCandle(store, 2 * MINUTE);
    await store.bots.create(bareBot("b", CONFIG));
    const performance = [{ time, equity: 1_100, cash: 0, position: 1, drawdown: -0.25 }];
    await store.commit({
      ...{ botId: "a", epoch, previousCursor: undefined, cursor: time, snapshot: new Uint8Array() },
      signals: [{ time, action: "enterLong", confidence: 1, price: 1, values: {} }],
      ...{ refusals: [], fills: [], trades: [], performance, candles: 3, maxDrawdown: -0.25 },
    });
    await store.marketData.recordGap({ instrument: KEY, from: 0, to: 1, reason: "away" });
    const all = await metricsAt(url), value = (name: string) => all.get(name);
    assert.equal(value("lockstep_up"), 1);
    assert.equal(value('lockstep_bots{status="running"}'), 1);
    assert.equal(value('lockstep_bots{status="stopped"}'), 1);
    assert.equal(value("lockstep_bots_without_process"), 0);
    assert.equal(value('lockstep_bot_candles{bot="a"}'), 3);
    assert.equal(value('lockstep_bot_equity{bot="a"}'), 1_100);
    assert.ok(Math.abs(value('lockstep_bot_return_ratio{bot="a"}')! - 0.1) < 1e-12);
    assert.equal(value('lockstep_bot_drawdown_ratio{bot="a"}'), -0.25);
    assert.equal(value('lockstep_bot_cursor_seconds{bot="a"}'), time / 1_000);
    assert.ok(value('lockstep_bot_heartbeat_age_seconds{bot="a"}')! >= 0);
    const market = '{exchange="okx",symbol="BTC/USDT",timeframe="1m"}';
    assert.ok(value(`lockstep_market_lag_seconds${market}`)! >= 120);
    assert.equal(value(`lockstep_market_missing_candles${market}`), 0);
    assert.equal(value('lockstep_market_gaps{exchange="okx",symbol="BTC/USDT"}'), 1);
    assert.ok(value('lockstep_decision_latency_seconds{quantile="0.99"}')! >= 120);
    for (const name of all.keys()) assert.ok(name.replace(/\{.*/, "") in METRICS, name);
  }));

Deno.test("a paused bot that no process has is counted as one", () =>
  withDashboard(async ({ url, store }) => {
    await store.bots.setStatus("a", await atWork(store, "a"), "paused", "a person");
    const count = async () => (await metricsAt(url)).get("lockstep_bots_without_process");
    assert.equal(await count(), 0);
    await store.bots.release("me");
    assert.equal(await count(), 1);
    await store.bots.stop("a", "");
    assert.equal(await count(), 0);
  }));

Deno.test("Grafana's panels ask for the metrics that there are, and for all of them", () => {
  const text = textOf("deploy/grafana.json"), { panels } = JSON.parse(text);
  assert.ok(panels.length >= 8);
  const asked = new Set(text.match(/\blockstep_[a-z_]+\b/g));
  assert.deepEqual([...asked].sort(), Object.keys(METRICS).sort());
  const labels = new Set(Object.values(METRICS).flatMap(([names]) => [...names] as string[]));
  for (const [, names] of text.matchAll(/\bby \(([^)]*)\)/g)) {
    for (const name of names.split(/,\s*/)) assert.ok(labels.has(name), name);
  }
  for (const [, name] of text.matchAll(/\{\{(\w+)\}\}/g)) assert.ok(labels.has(name), name);
});

Deno.test("the page of the dashboard has every metric, with its labels and what it is", () => {
  const rows = textOf("docs/dashboard.md").match(/^\| `lockstep_.*$/gm) ?? [];
  const told = rows.map((row) => row.split("|").slice(1, 4).map((cell) => cell.trim()));
  assert.deepEqual(
    told,
    Object.entries(METRICS).map((
      [name, [labels, help]],
    ) => [`\`${name}\``, labels.join(", "), help]),
  );
});
