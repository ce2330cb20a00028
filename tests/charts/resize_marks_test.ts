import assert from "node:assert/strict";
import { chart } from "../../engine/charts/chart.ts";
import type { Option } from "../../engine/charts/option.ts";
import { backtestSignals } from "../../engine/research/backtest_signals.ts";
import { hours, still } from "../account/hours.ts";
import { optionOf, seriesOf } from "./drawn.ts";

const prices = [100, 100, 102, 104, 106, 108, 110, 110, 100, 95, 95, 95].map(still);
const candles = hours(...prices), { time } = candles;
const at = (...rows: number[]) => prices.map((_, i) => rows.includes(i));

/** A long that is entered, added to and reduced, then a short that is reduced and stays open. */
const result = backtestSignals(candles, {
  entries: at(0, 2),
  exits: at(6),
  reductions: at(4),
  shortEntries: at(7),
  shortExits: at(),
  shortReductions: at(9),
}, { account: { size: 0.4 }, stops: { maxEntries: 2 } });

const texts = (option: Option) =>
  (option.graphic as Option[]).map(({ style }) => `${(style as Option).text}`);

Deno.test("additions and partial exits are marked at their fills, entries and exits are not twice", () => {
  const reasons = result.fills.rows.map(({ side, reason }) => `${side} ${reason}`);
  assert.deepEqual(reasons, [
    ...["buy entry", "buy entry", "sell reduction", "sell signal"],
    ...["sell entry", "buy reduction"],
  ]);
  const option = optionOf(chart(result)), open = (i: number) => time[i] - 3_600_000;
  const drawn = (name: string) => seriesOf(option, name)[0].data;
  assert.deepEqual(drawn("long added"), [[open(3), candles.open[3]]]);
  assert.deepEqual(drawn("long part closed"), [[open(5), candles.open[5]]]);
  assert.deepEqual(drawn("short part closed"), [[open(10), candles.open[10]]]);
  const named = texts(option).filter((text) => /added|part/.test(text));
  assert.deepEqual(named, ["added to long", "part of long closed", "part of short closed"]);
});

Deno.test("the marks of entries and exits are at the prices of their fills, not at averages", () => {
  const option = optionOf(chart(result)), [trade] = result.trades.rows;
  const mark = (name: string) => seriesOf(option, name)[0].data as unknown as unknown[];
  const [{ price: bought }] = result.fills.rows, { price: sold } = result.fills.rows[3];
  assert.ok(trade.entryPrice > bought && trade.exitPrice < sold);
  assert.deepEqual(mark("Entries long"), [[trade.entryTime, bought]]);
  assert.deepEqual(mark("Exits long").map((it) => (it as Option).value), [[trade.exitTime, sold]]);
  const lines = mark("Trades").map((it) => (it as Option).coords);
  assert.deepEqual(lines[0], [[trade.entryTime, bought], [trade.exitTime, sold]]);
});

Deno.test("a part of the picture shows those in it, and a plain run has none", () => {
  const late = texts(optionOf(chart(result, { from: time[6] })));
  assert.deepEqual(late.filter((text) => /added|part/.test(text)), ["part of short closed"]);
  const plain = backtestSignals(candles, { entries: at(0), exits: at(6) });
  assert.deepEqual(texts(optionOf(chart(plain))).filter((text) => /added|part/.test(text)), []);
});
