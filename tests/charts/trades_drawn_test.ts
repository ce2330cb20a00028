/** What is drawn of trades, read off what ECharts is given. */
import assert from "node:assert/strict";
import type { OpenTrade } from "../../engine/account/ledger.ts";
import { chart } from "../../engine/charts/chart.ts";
import { LOOKS } from "../../engine/charts/look.ts";
import type { Option } from "../../engine/charts/option.ts";
import { backtest } from "../../engine/research/backtest.ts";
import { waves } from "../research/waves.ts";
import { optionOf, seriesOf } from "./drawn.ts";
import { channel } from "./gallery.ts";
import { tradeOf, withTrades } from "./with_trades.ts";

const { profit, loss, hold, long } = LOOKS.light, candles = waves(300), { time, close } = candles;

/** The lines that join entries and exits: their ends, colour and dashes. */
function linesOf(option: Option) {
  const [{ data }] = seriesOf(option, "Trades");
  return (data as Option[]).map(({ coords, lineStyle }) => {
    const { color, type } = lineStyle as Option;
    return { coords, color, type };
  });
}

const texts = (option: Option) =>
  (option.graphic as Option[]).map(({ style }) => (style as Option).text);

Deno.test("every trade of a real run is a line from its entry to its exit, between its marks", () => {
  const result = backtest(channel, candles),
    { rows } = result.trades,
    option = optionOf(chart(result));
  assert.ok(rows.length > 9 && rows.length <= 60);
  const lines = rows.map(({ entryTime, entryPrice, exitTime, exitPrice, pnl }) => ({
    coords: [[entryTime, entryPrice], [exitTime, exitPrice]],
    color: pnl > 0 ? profit : loss,
    type: pnl > 0 ? "solid" : [4, 3],
  }));
  assert.deepEqual(linesOf(option).slice(0, rows.length), lines);
  for (const side of ["long", "short"] as const) {
    const own = rows.filter((trade) => trade.side === side);
    assert.ok(own.length > 2);
    const entries = own.map(({ entryTime, entryPrice }) => [entryTime, entryPrice]);
    if (result.open?.side === side) entries.push([result.open.entryTime, result.open.entryPrice]);
    assert.deepEqual(seriesOf(option, `Entries ${side}`)[0].data, entries);
    const exits = seriesOf(option, `Exits ${side}`)[0].data as Option[];
    assert.deepEqual(exits.map(({ value }) => value), own.map((t) => [t.exitTime, t.exitPrice]));
  }
});

Deno.test("a trade won if it earned anything, lost if it cost anything, and else did neither", () => {
  const trades = [0.01, -0.01, 0].map((pnl, i) =>
    tradeOf(candles, [10 * i, 10 * i + 5], { pnl, return: pnl / 100 })
  );
  const option = optionOf(chart(withTrades(candles, trades)));
  const styles = linesOf(option).map(({ color, type }) => [color, type]);
  assert.deepEqual(styles, [[profit, "solid"], [loss, [4, 3]], [hold, [4, 3]]]);
  const named = texts(option).filter((text) => ["won", "lost", "exactly 0"].includes(`${text}`));
  assert.deepEqual(named, ["won", "lost", "exactly 0"]);
  const without = texts(optionOf(chart(withTrades(candles, trades.slice(0, 1)))));
  assert.ok(without.includes("won") && !without.includes("lost") && !without.includes("exactly 0"));
});

Deno.test("a part shows the trades that reach into it, and no others", () => {
  const rows = [[10, 40], [30, 60], [110, 140], [180, 220], [210, 240]] as const;
  const result = withTrades(candles, rows.map((each) => tradeOf(candles, each)));
  const option = optionOf(chart(result, { from: time[49], to: time[199] }));
  assert.deepEqual(
    linesOf(option).map(({ coords }) => (coords as number[][]).map(([at]) => time.indexOf(at))),
    [[30, 60], [110, 140], [180, 220]],
  );
});

/** A position that the last candle left open, entered at some candle. */
const openAt = (i: number): OpenTrade => {
  const entry = { entryTime: time[i], entryPrice: close[i] };
  return { side: "long", ...entry, amount: 1, fees: 0, funding: 0, pnl: 1 };
};

Deno.test("an open position is a dotted line to the last close, also where it began before", () => {
  const result = withTrades(candles, [], openAt(100));
  const line = {
    coords: [[time[100], close[100]], [time[299], close[299]]],
    color: long,
    type: [1.5, 3],
  };
  for (const from of [0, 90, 150]) {
    const option = optionOf(chart(result, { from: time[from] }));
    assert.deepEqual(linesOf(option), [line]);
    assert.deepEqual(seriesOf(option, "Entries long")[0].data, [[time[100], close[100]]]);
    const named = texts(option).filter((text) => /^long |still open/.test(`${text}`));
    assert.deepEqual(named, ["long entry", "still open"]); // nothing was closed
  }
  const before = optionOf(chart(result, { to: time[99] }));
  assert.deepEqual(seriesOf(before, "Trades"), []);
  assert.ok(!texts(before).includes("still open"));
});

/** So many trades of one candle each that they are drawn as ticks; the last ones as said. */
function manyTrades(...last: { exit: number; percent: number }[]) {
  const plain = Array.from(
    { length: 80 },
    (_, i) => ({ exit: 3 * i + 2, percent: i % 2 ? 1 : -2 }),
  );
  return [...plain, ...last].map(({ exit, percent }) =>
    tradeOf(candles, [exit - 1, exit], { pnl: percent, return: percent / 100 })
  );
}

const ticksOf = (option: Option, outcome: string) =>
  (seriesOf(option, `Trades ${outcome}`)[0].data as unknown as [number, number][])
    .map(([at, percent]) => [time.indexOf(at), Math.round(1e6 * percent) / 1e6]);

Deno.test("many trades are ticks at their exits, the longest of those on one pixel", () => {
  const trades = manyTrades({ exit: 260, percent: 3 }, { exit: 260, percent: 7 }, {
    exit: 260,
    percent: -5,
  }, { exit: 270, percent: 0 });
  const option = optionOf(chart(withTrades(candles, trades, openAt(280))));
  const plain = (parity: number) =>
    Array.from({ length: 80 }, (_, i) => i).filter((i) => i % 2 === parity).map((i) => 3 * i + 2);
  assert.deepEqual(ticksOf(option, "won"), [...plain(1).map((i) => [i, 1]), [260, 7]]);
  assert.deepEqual(ticksOf(option, "lost"), [...plain(0).map((i) => [i, -2]), [260, -5]]);
  const shown = texts(option);
  for (const text of ["42 won", "41 lost", "1 exactly 0"]) assert.ok(shown.includes(text), text);
  assert.ok(shown.includes("84 trades, drawn as ticks at their exits; one more is open"));
});

Deno.test("ticks are counted where they are drawn: between from and to", () => {
  const trades = manyTrades({ exit: 250, percent: 4 });
  trades.push({ ...tradeOf(candles, [100, 290]), pnl: 9, return: 0.09 });
  const option = optionOf(chart(withTrades(candles, trades), { to: time[259] }));
  assert.deepEqual(ticksOf(option, "won").at(-1), [250, 4]);
  assert.ok(texts(option).includes("81 trades, drawn as ticks at their exits"));
  assert.ok(texts(option).includes("41 won"));
});
