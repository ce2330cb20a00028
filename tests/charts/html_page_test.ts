import assert from "node:assert/strict";
import { chart } from "../../engine/charts/chart.ts";
import { namedSeries } from "../../engine/charts/named_series.ts";
import { loadECharts, loadFonts } from "../../engine/charts/packages.ts";
import type { Option } from "../../engine/charts/option.ts";
import { backtest } from "../../engine/research/backtest.ts";
import { channel } from "./gallery.ts";
import { waves } from "../research/waves.ts";
import { sameBytes } from "./pixels.ts";

const result = backtest(channel, waves(300));
const page = await chart(result, { title: `</script><b>"Title" & more` }).html();
const [head, script, own] = page.split(/<script>/);

Deno.test("a page fetches nothing: all is in it, and its policy forbids more", () => {
  const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(head)?.[1];
  const inline = "script-src 'unsafe-inline'; style-src 'unsafe-inline'; font-src data:";
  assert.equal(policy, `default-src 'none'; ${inline}`);
  const named = head.replaceAll(/url\(data:font\/ttf;base64,[\w+/=]+\)/g, "");
  assert.doesNotMatch(named + own, /https?:|\bsrc=|\bhref=|url\(|@import|\bimport\b/);
  // What ECharts itself names are namespaces of XML and its licences' and manuals' addresses.
  const hosts = new Set(Array.from(script.matchAll(/https?:\/\/([\w.-]+)/g), ([, host]) => host));
  const harmless = ["www.w3.org", "www.apache.org", "echarts.apache.org", "github.com"];
  assert.deepEqual([...hosts].filter((host) => !harmless.includes(host)), []);
});

Deno.test("no text of a picture ends the page's script or becomes a tag", () => {
  assert.equal(page.match(/<\/script>/g)?.length, 2);
  assert.match(head, /<title>&lt;\/script&gt;&lt;b&gt;&quot;Title&quot; &amp; more<\/title>/);
});

/** What the page's own script does, up to where it needs a page. */
function optionOfPage(): Option {
  const made = own.slice(0, own.indexOf("const draw"));
  return new Function(`${made}; return revive(option);`)();
}

Deno.test("the page's script draws what the picture draws, for zooming", async () => {
  const option = optionOfPage(), { init } = await loadECharts();
  const canvas = init(null, null, { renderer: "svg", ssr: true, width: 1000, height: 900 });
  canvas.setOption(option);
  const svg = canvas.renderToSVGString();
  canvas.dispose();
  for (const text of ["Price", "strength", "uptrend", "1 candle = 1h"]) {
    assert.ok(svg.includes(text));
  }
  const [inside, slider] = option.dataZoom as Option[];
  assert.deepEqual([inside.type, slider.type], ["inside", "slider"]);
  const candles = (option.series as Option[]).find(({ type }) => type === "candlestick");
  assert.equal((candles?.data as unknown[]).length, 300);
});

/** The lines that the page shows for a pointer at some time: the head, then name and value of each. */
function readAt(time: number): [head: string, values: Record<string, string>] {
  const { formatter } = optionOfPage().tooltip as Option;
  const html = (formatter as unknown as (found: unknown) => string)([{ axisValue: time }]);
  const rows = html.matchAll(/● ?<\/span> ?([^<]+)<\/td><td[^>]*>([^<]*)</g);
  return [
    /<b>([^<]*)<\/b>/.exec(html)![1],
    Object.fromEntries(Array.from(rows, ([, name, text]) => [name, text])),
  ];
}

Deno.test("a reader is told all of a candle and of every series at its close, at once", () => {
  const { candles, equity } = result, named = namedSeries(result);
  const number = (text: string) => Number(text.replace(/[,%]/g, ""));
  for (const i of [130, 131, 299]) {
    const [head, read] = readAt(candles.time[i] - 7);
    const iso = (time: number) => new Date(time).toISOString().slice(0, 16).replace("T", " ");
    assert.equal(head, `${iso(candles.time[i] - 3_600_000)} to ${iso(candles.time[i])} UTC`);
    const near = (name: string, value: number, unit = "") => {
      assert.ok(read[name]?.endsWith(unit), `${name}: ${read[name]}`);
      assert.ok(Math.abs(number(read[name]) - value) <= 6e-3, `${name}: ${read[name]}, ${value}`);
    };
    for (const price of ["open", "high", "low", "close"] as const) near(price, candles[price][i]);
    near("volume", candles.volume[i]);
    near("strategy", equity.column("equity")[i]);
    near("buy and hold", 10_000 * candles.close[i] / candles.open[0]);
    near("drawdown", 100 * equity.column("drawdown")[i], "%");
    for (const { name, type, values } of named) {
      if (type === "boolean") assert.equal(read[name], `${values[i] === 1}`);
      else near(name, values[i]);
    }
  }
});

Deno.test("a trade is told of where it began and ended, and nowhere else", () => {
  const { candles, trades } = result;
  const told = Array.from(candles.time, (time) => readAt(time)[1]);
  const returns = told.flatMap((read) => read["trade closed"] ?? []);
  assert.deepEqual(returns, trades.rows.map((trade) => `${(100 * trade.return).toFixed(2)}%`));
  for (const side of ["long", "short"] as const) {
    const entries = trades.rows.filter((trade) => trade.side === side);
    const prices = entries.map(({ entryPrice }) => entryPrice.toFixed(2));
    assert.deepEqual(told.flatMap((read) => read[`${side} entry at`] ?? []), prices);
    const rows = told.flatMap((read, i) => `${side} entry at` in read ? candles.time[i] : []);
    assert.deepEqual(rows, entries.map(({ entryTime }) => entryTime));
  }
});

Deno.test("texts are in the shipped font, which the page brings along", async () => {
  const fonts = Array.from(
    head.matchAll(/font-weight: (\d+); src: url\(data:font\/ttf;base64,([\w+/=]+)\)/g),
    ([, weight, data]) => [weight, Uint8Array.fromBase64(data)] as const,
  );
  assert.deepEqual(fonts.map(([weight]) => weight), ["400", "600"]);
  const files = await Promise.all((await loadFonts()).map((path) => Deno.readFile(path)));
  assert.ok(fonts.every(([, font], i) => sameBytes(font, files[i])));
});
