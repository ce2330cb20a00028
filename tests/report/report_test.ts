import assert from "node:assert/strict";
import { compare } from "../../engine/charts/compare.ts";
import { allSettings } from "../../engine/account/settings.ts";
import { formatNumber } from "../../engine/metrics/format_number.ts";
import { METRICS } from "../../engine/metrics/metric_table.ts";
import { fingerprint } from "../../engine/research/fingerprint.ts";
import { backtest } from "../../engine/research/backtest.ts";
import { backtestPortfolio } from "../../engine/research/backtest_portfolio.ts";
import { backtestSignals } from "../../engine/research/backtest_signals.ts";
import { configOf } from "../../engine/research/promote.ts";
import { report } from "../../engine/report/report.ts";
import smaCross from "../../strategies/sma_cross.ts";
import { channel } from "../charts/gallery.ts";
import { waves } from "../research/waves.ts";
import { textOf, valueOf } from "./page_text.ts";

const market = { symbol: "ABC/EUR", exchange: "binance" };
const result = backtest(channel, waves(1_500), { account: { slippage: 0.0007 } });
const page = await report(result, market).html();
const other = backtest(channel, waves(1_500), { params: { window: 30 } });
const both = await report([result, other], market).html();

/** The text of a page from a heading to the next one of `until`. */
function between(text: string, title: string, until: string): string {
  return text.slice(text.indexOf(`\n${title}\n`), text.indexOf(`\n${until}\n`));
}

Deno.test("a report has no scripts and fetches nothing, and its policy forbids both", () => {
  for (const html of [page, both]) {
    assert.match(
      html,
      /Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:"/,
    );
    assert.doesNotMatch(html, /<script|<link|<img|<iframe|\bon\w+="|@import|\bsrc="|javascript:/i);
    const named = html.replaceAll(/url\(data:font\/ttf;base64,[\w+/=]+\)/g, "");
    const addresses = Array.from(named.matchAll(/https?:[^\s"'<]*|url\([^)]*\)/g), ([it]) => it);
    const own = /^(http:\/\/www\.w3\.org\/(2000\/svg|1999\/xlink)|url\(#[\w-]+\))$/;
    assert.deepEqual(addresses.filter((it) => !own.test(it)), []);
  }
});

Deno.test("what a page refers to is on it, once", () => {
  for (const html of [page, both]) {
    const ids = Array.from(html.matchAll(/\sid="([^"]*)"/g), ([, id]) => id);
    assert.equal(new Set(ids).size, ids.length);
    const wanted = Array.from(
      html.matchAll(/url\(#([\w-]+)\)|href="#([^"]*)"/g),
      ([, a, b]) => a ?? b,
    );
    assert.ok(wanted.length > 0);
    assert.deepEqual(wanted.filter((id) => !ids.includes(id)), []);
    const styles = html.slice(0, html.indexOf("</style>"));
    const used = new Set(Array.from(html.matchAll(/var\((--[\w-]+)\)/g), ([, name]) => name));
    assert.deepEqual([...used].filter((name) => !styles.includes(`${name}:`)), []);
  }
});

Deno.test("a report shows every metric of the summary, as it is", () => {
  const text = between(textOf(page), "Every metric", "Strategy"), summary = result.summary();
  for (const [name, { label, unit }] of Object.entries(METRICS)) {
    const value = formatNumber(summary[name as "sharpe"], unit);
    const found = valueOf(text, unit === "money" ? `${label} (EUR)` : label);
    assert.equal(found, value, label);
  }
});

Deno.test("a report says what was assumed: every setting, every count, the rules of fills", () => {
  const text = textOf(page);
  for (const [name, value] of Object.entries(allSettings(result.account))) {
    assert.equal(valueOf(text, name), value === undefined ? "not set" : `${value}`, name);
  }
  assert.match(text, /\nSetting\nValue\nMeaning\nstopLoss\n0\.02\nCloses a position/);
  assert.match(text, /filled at the open of the next candle/);
  assert.match(text, /the worse is taken; here never/);
  const { cancelled, ambiguous } = result.counts;
  const times = (what: RegExp) => Number(what.exec(text)![1].replace(",", ""));
  assert.equal(times(/\n([\d,]+)\nboth sides' entries/), cancelled);
  assert.equal(times(/\n([\d,]+)\na candle left the order of events open/), ambiguous);
  assert.equal(times(/\n([\d,]+)\ncandles in which something traded/), 1_500);
  assert.equal(times(/\n([\d,]+)\npositions still open/), result.open ? 1 : 0);
  const cash = result.refusals.rows.filter(({ reason }) => reason === "cash").length;
  assert.equal(times(/\n([\d,]+)\nan entry was refused: too little cash/), cash);
});

Deno.test("a page of optimistic fills says so, and one with gaps where they are", async () => {
  const holes = waves(1_500), rest = holes.rows().filter((_, i) => i < 700 || i > 704);
  const candles = (await import("../../engine/market/candles.ts")).Candles.fromRows("1h", rest);
  const run = backtest(smaCross, candles, { account: { fill: "close" } });
  const text = textOf(await report(run).html());
  assert.match(text, /filled at the very close that they were taken on\. That is optimistic/);
  assert.match(text, /\n5\ncandles missing, in 1 gap\n/);
  assert.match(
    text,
    /No candle from \(UTC\)\nto\nMissing\n2024-01-30 04:00\n2024-01-30 09:00\n5\n/,
  );
});

Deno.test("the receipt names the candles and the config as promotion does", () => {
  const text = textOf(page);
  assert.equal(valueOf(text, "SHA-256 of the candles"), fingerprint(result.seen));
  const { receipt } = configOf(result, { name: "any", market });
  assert.equal(valueOf(text, "SHA-256 of the config"), receipt!.contentHash);
  assert.equal(valueOf(text, "Market"), "binance ABC/EUR");
});

Deno.test("the deepest drawdowns and each trade are told with their times", () => {
  const text = textOf(page),
    time = (at: number) => new Date(at).toISOString().slice(0, 16).replace("T", " ");
  result.drawdowns().rows.forEach(({ startTime, valleyTime, endTime, days }, i) => {
    const end = endTime === undefined ? "not yet" : time(endTime);
    const row = [i + 1, "-[\\d.]+%", time(startTime), time(valleyTime), end, days.toFixed(1)];
    assert.match(text, new RegExp(`\n${row.join("\n")}\n`));
  });
  for (const { entryTime, exitTime } of result.trades.rows) {
    assert.match(text, new RegExp(`\n${time(entryTime)}\n[\\d.,]+\n${time(exitTime)}\n`));
  }
});

Deno.test("of very many trades the first and the last are shown, and it is said", async () => {
  const candles = waves(3_000),
    every = (n: number, at: number) => Array.from(candles.time, (_, i) => i % n === at);
  const run = backtestSignals(candles, { entries: every(4, 0), exits: every(4, 2) });
  assert.ok(run.trades.length > 500);
  const html = await report(run).html(), text = textOf(html);
  assert.match(
    text,
    new RegExp(`\n${run.trades.length} closed trades; the first and the last 250 are shown`),
  );
  assert.equal(html.match(/<td>signal<\/td>/g)?.length, 500);
  assert.match(text, /nothing here can say that they do not look ahead/);
});

Deno.test("what cannot be drawn is told with its reason", async () => {
  const text = textOf(await report(backtest(smaCross, waves(20))).html());
  assert.match(text, /Cannot draw a histogram: no trade was closed/);
  assert.match(text, /Cannot measure over 5 days: the candles have 1 UTC day/);
  assert.match(text, /Equity was never below its peak/);
});

Deno.test("several results are compared, each metric in a column of its own", () => {
  const text = textOf(both), names = ["window 20, slippage 0.07%", "window 30, slippage 0%"];
  assert.match(text, new RegExp(`\n${names.join("\n")}\n`));
  const sharpes = [result, other].map((it) => formatNumber(it.summary().sharpe, "ratio"));
  assert.match(text, new RegExp(`\nSharpe\n${sharpes.join("\n")}\n`));
  assert.equal(both.match(/<h2 id="r\d">/g)?.length, 2);
});

Deno.test("no text of a user becomes a tag", async () => {
  const html = await report([result, other], {
    title: "</style><b>bold</b>",
    names: ['<i>"one"</i>', "two & more"],
  }).html();
  assert.doesNotMatch(html, /<b>bold|<i>/);
  assert.match(html, /<h1>&lt;\/style&gt;&lt;b&gt;bold&lt;\/b&gt;<\/h1>/);
});

Deno.test("the same results give the same bytes, whatever was drawn before", async () => {
  assert.ok(await report(result, market).html() === page);
});

Deno.test("mistaken options are refused at once", () => {
  const portfolio = backtestPortfolio(smaCross, { ABC: waves(50), DEF: waves(50) });
  const untyped = (options: object) => options as Parameters<typeof report>[1];
  const cases: [() => unknown, RegExp][] = [
    [
      () => report(result, untyped({ tilte: "x" })),
      /^report has no option "tilte": did you mean "title"/,
    ],
    [
      () => report([result, other], { symbol: ["A/B"] }),
      /symbol must be a text, or a list of one for each of 2/,
    ],
    [() => report(result, untyped({ exchange: 5 })), /exchange must be a text/],
    [() => report(result, untyped({ scale: "ln" })), /scale must be linear or log/],
    [
      () => compare([portfolio as unknown as typeof result]),
      /^Cannot draw a portfolio: write comp/,
    ],
    [() => report([]), /Cannot report no results/],
    [
      () => report(waves(3) as unknown as typeof result),
      /Cannot draw candles: results go in a list/,
    ],
  ];
  for (const [make, message] of cases) {
    assert.throws(
      make,
      (error: Error) => error.name === "InputError" && message.test(error.message),
      `${message}`,
    );
  }
});
