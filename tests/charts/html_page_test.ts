import assert from "node:assert/strict";
import { chart } from "../../engine/charts/chart.ts";
import { loadECharts } from "../../engine/charts/packages.ts";
import type { Option } from "../../engine/charts/option.ts";
import { backtest } from "../../engine/research/backtest.ts";
import { channel } from "./gallery.ts";
import { waves } from "../research/waves.ts";

const result = backtest(channel, waves(300));
const page = await chart(result, { title: `</script><b>"Title" & more` }).html();
const [head, script, own] = page.split(/<script>/);

Deno.test("a page fetches nothing: all is in it, and its policy forbids more", () => {
  const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(head)?.[1];
  assert.equal(policy, "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'");
  assert.doesNotMatch(head + own, /https?:|\bsrc=|\bhref=|url\(|@import|\bimport\b/);
  // What ECharts itself names are namespaces of XML and its licences' and manuals' addresses.
  const named = new Set(Array.from(script.matchAll(/https?:\/\/([\w.-]+)/g), ([, host]) => host));
  const harmless = ["www.w3.org", "www.apache.org", "echarts.apache.org", "github.com"];
  assert.deepEqual([...named].filter((host) => !harmless.includes(host)), []);
});

Deno.test("no text of a picture ends the page's script or becomes a tag", () => {
  assert.equal(page.match(/<\/script>/g)?.length, 2);
  assert.match(head, /<title>&lt;\/script>&lt;b>"Title" &amp; more<\/title>/);
});

/** What the page's own script does, up to where it needs a page. */
function optionOfPage(): Option {
  const made = own.slice(0, own.indexOf("echarts.init"));
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
