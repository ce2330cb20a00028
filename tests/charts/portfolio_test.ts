/** What is drawn and shown of a portfolio, read off the option and the card. */
import assert from "node:assert/strict";
import { chart } from "../../engine/charts/chart.ts";
import { resultCard } from "../../engine/charts/display/result_display.ts";
import type { Option } from "../../engine/charts/option.ts";
import { backtestPortfolio } from "../../engine/research/backtest_portfolio.ts";
import smaCross from "../../strategies/sma_cross.ts";
import { waves } from "../research/waves.ts";
import { optionOf, seriesOf } from "./drawn.ts";

const whole = waves(1_500);
const result = backtestPortfolio(
  smaCross,
  { BTC: whole.slice(0, 900), ETH: whole.slice(300, 900) },
  {
    params: { fast: 5, slow: 20 },
  },
);
const points = ({ data }: Option) => data as unknown as [number, number | null][];
const near = (a: number, b: number) =>
  assert.ok(Math.abs(a - b) < 1e-9 * Math.max(1, Math.abs(b)), `${a}, not ${b}`);

Deno.test("equity is drawn beside holding equal parts, each bought at its first open", () => {
  const option = optionOf(chart(result));
  const drawn = points(seriesOf(option, "portfolio")[0]);
  result.equity.column("equity").forEach((equity, i) => near(drawn[i][1]!, equity));
  const held = points(seriesOf(option, "buy and hold in equal parts")[0]);
  held.forEach(([, value], i) => {
    const part = (first: number) => i < first ? 5_000 : 5_000 * whole.close[i] / whole.open[first];
    near(value!, part(0) + part(300));
  });
});

Deno.test("shares of equity and earnings are drawn by instrument", () => {
  const option = optionOf(chart(result, { size: { width: 2_000 } }));
  for (const name of result.instruments) {
    const [share, earned] = seriesOf(option, name).map(points);
    const values = result.values.column(name), equity = result.equity.column("equity");
    assert.equal(share.length, 900);
    share.forEach(([, percent], i) => near(percent!, 100 * values[i] / equity[i]));
    result.profits.column(name).forEach((profit, i) => near(earned[i][1]!, profit));
  }
});

Deno.test("where there is not the room for every time, shares are means of neighbours", () => {
  const option = optionOf(chart(result, { size: { width: 400 } }));
  const [share] = seriesOf(option, "BTC").map(points);
  const values = result.values.column("BTC"), equity = result.equity.column("equity");
  assert.ok(share.length < 300);
  let from = 0;
  for (const [time, percent] of share) {
    const to = result.equity.column("time").indexOf(time) + 1;
    let sum = 0;
    for (let row = from; row < to; row++) sum += 100 * values[row] / equity[row];
    near(percent!, sum / (to - from));
    from = to;
  }
  assert.equal(from, 900);
});

Deno.test("more instruments than colours are told together", () => {
  const many = Object.fromEntries("ABCDEFGHI".split("").map((name) => [name, whole]));
  const crowd = backtestPortfolio(smaCross, many, { params: { fast: 5, slow: 20 } });
  const option = optionOf(chart(crowd));
  const [, earned] = seriesOf(option, "4 others").map(points);
  const drawn = crowd.instruments.filter((name) => seriesOf(option, name).length === 2);
  assert.equal(drawn.length, 5);
  const rest = crowd.contributions.rows.filter(({ instrument }) => !drawn.includes(instrument));
  near(earned.at(-1)![1]!, rest.reduce((sum, { profit }) => sum + profit, 0));
});

Deno.test("a portfolio shows its summary, what each instrument did, and its notes", () => {
  const { "text/plain": text, "text/html": html } = resultCard(result);
  assert.match(text, /^sma_cross \(fast 5, slow 20\) on BTC, ETH, one account over 900 1h candles/);
  assert.match(text, /\n {2}Final equity /);
  assert.match(text, /\ninstrument +profit +contribution +trades/);
  assert.match(text, /\nBTC +-?[\d,.]+ +-?\d+\.\d+ +\d+ /);
  assert.match(text, /\nNote: ETH: begins on 2024-01-13 only/);
  assert.match(html, /<td[^>]*>ETH<\/td>/);
});

Deno.test("contributions add up to the whole's return, fees, funding and trades", () => {
  const candles = { BTC: whole.slice(0, 900), ETH: whole.slice(300, 900) };
  const account = { fundingRate: 0.0003 }, params = { fast: 5, slow: 20 };
  const paying = backtestPortfolio(smaCross, candles, { params, account });
  const { rows } = paying.contributions, summary = paying.summary();
  const sum = (name: "contribution" | "fees" | "funding" | "trades" | "turnover") =>
    rows.reduce((sum, row) => sum + row[name], 0);
  near(sum("contribution"), summary.totalReturn);
  near(sum("fees"), summary.fees);
  near(sum("funding"), summary.funding);
  near(sum("turnover"), summary.turnover);
  assert.equal(sum("trades"), summary.trades);
  for (const { instrument, funding } of rows) {
    const held = [...paying.trades.rows, ...paying.open.rows];
    const own = held.filter((trade) => trade.instrument === instrument);
    assert.ok(funding > 0);
    near(funding, own.reduce((sum, trade) => sum + trade.funding, 0));
  }
});

Deno.test("tables of a portfolio are danfo frames that name the instrument", async () => {
  const frames = [result.trades, result.fills, result.contributions];
  for (const table of frames) {
    const frame = await table.frame();
    assert.equal(frame.columns[0], "instrument");
    assert.equal(frame.shape[0], table.length);
  }
  assert.deepEqual((await result.values.frame()).columns, ["time", "BTC", "ETH"]);
  assert.deepEqual((await result.equity.frame()).columns, ["time", "equity", "cash", "drawdown"]);
});
