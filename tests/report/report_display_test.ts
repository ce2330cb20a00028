import assert from "node:assert/strict";
import type { MimeBundle } from "../../engine/charts/display/mime_bundle.ts";
import { report } from "../../engine/report/report.ts";
import { reportDisplay } from "../../engine/report/report_display.ts";
import { settleReport } from "../../engine/report/report_options.ts";
import { backtest } from "../../engine/research/backtest.ts";
import { channel } from "../charts/gallery.ts";
import { sizeOf } from "../charts/pixels.ts";
import { waves } from "../research/waves.ts";

const result = backtest(channel, waves(1_500));

Deno.test("a notebook shows a report as tables and pictures, in their order", async () => {
  const shown: MimeBundle[] = [];
  const show = (bundle: MimeBundle) => Promise.resolve(void shown.push(bundle));
  shown.push(await reportDisplay([result], settleReport([result]), "as text", show));
  const pictures = shown.filter((bundle) => "image/png" in bundle);
  assert.equal(pictures.length, 8);
  for (const bundle of pictures) {
    assert.equal(sizeOf(Uint8Array.fromBase64(bundle["image/png"])).width, 2_000);
  }
  for (const bundle of shown) {
    assert.match(bundle["text/plain"], /\S/);
    assert.doesNotMatch(bundle["text/html"] ?? "", /<(style|script|svg|link)\b|on\w+=/i);
  }
  const html = shown.map((bundle) => bundle["text/html"] ?? "").join("");
  const titles = ["Price and trades", "Drawdowns", "Every metric", "Assumptions", "Receipt"];
  const places = titles.map((title) => html.indexOf(`>${title}</div>`));
  assert.ok(places.every((at, i) => at > (places[i - 1] ?? -1)), `${places}`);
});

Deno.test("outside of a kernel a report is one bundle, and its text every metric", async () => {
  const it = report(result);
  const bundle = await Reflect.get(it, Symbol.for("Jupyter.display")).call(it);
  assert.deepEqual(Object.keys(bundle), ["text/html", "text/plain"]);
  assert.equal(bundle["text/plain"], `${it}`);
  assert.match(`${it}`, /^channel \(window 20\) on 1h candles\n/);
  assert.match(`${it}`, /\n {2}Ulcer index {2}/);
});
