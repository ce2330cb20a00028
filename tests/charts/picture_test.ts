import assert from "node:assert/strict";
import { chart } from "../../engine/charts/chart.ts";
import { backtest } from "../../engine/research/backtest.ts";
import smaCross from "../../strategies/sma_cross.ts";
import { waves } from "../research/waves.ts";
import { ROOT } from "../house/project_files.ts";
import { printed } from "./print_picture.ts";
import { decodePng, differing, rasterised, sameBytes, sizeOf } from "./pixels.ts";
import { runProcess } from "../support/limited_process.ts";

const result = backtest(smaCross, waves(200));
const picture = chart(result, { symbol: "ABC/EUR", size: { width: 700, height: 500 } });

Deno.test("a PNG has two pixels for each of the picture's, or as many as are wanted", async () => {
  const png = await picture.png();
  assert.deepEqual([...png.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  assert.deepEqual(sizeOf(png), { width: 1400, height: 1000 });
  assert.deepEqual(sizeOf(await picture.png({ scale: 1 })), { width: 700, height: 500 });
});

Deno.test("the PNG's palette changes no colour by much, and few at all", async () => {
  const now = await decodePng(await picture.png()), full = await rasterised(await picture.svg());
  assert.ok(differing(now, full, 0) < 0.005);
  assert.equal(differing(now, full, 60), 0);
});

Deno.test("texts name what is shown and its units, and are drawn", async () => {
  const svg = await picture.svg();
  const texts = [
    "sma_cross (fast 10, slow 30) on ABC/EUR 1h",
    "Price, EUR",
    "Volume, ABC",
    "Equity, EUR",
  ];
  for (const text of [...texts, "Drawdown, %", "quick", "buy and hold", "1 candle = 1h"]) {
    assert.ok(svg.includes(text), text);
  }
  const [written, blank] = [await rasterised(svg), await rasterised(svg, { fonts: false })];
  assert.ok(differing(written, blank, 24) > 0.01);
  const top = (pixels: Uint8Array) => pixels.subarray(0, 4 * 1400 * 70);
  assert.ok(top(written.pixels).some((value) => value < 100), "no dark pixel where the title is");
});

Deno.test("a machine without fonts, far from Greenwich, draws the same picture", async () => {
  const { code, stdout, err } = await runProcess("deno", {
    args: [
      ..."run -q --no-prompt --cached-only --lock=deno.lock --frozen --allow-read --allow-ffi"
        .split(" "),
      "--allow-sys=cpus,hostname,networkInterfaces",
      "tests/charts/print_picture.ts",
    ],
    cwd: ROOT,
    env: {
      FONTCONFIG_FILE: "/nowhere",
      FONTCONFIG_PATH: "/nowhere",
      XDG_DATA_HOME: "/nowhere",
      TZ: "Pacific/Chatham",
    },
  });
  assert.equal(code, 0, err);
  assert.ok(sameBytes(stdout, await printed().png()));
});

Deno.test("a notebook gets a PNG and a text", async () => {
  const show: () => Promise<Record<string, string>> = Reflect.get(
    picture,
    Symbol.for("Jupyter.display"),
  );
  const bundle = await show.call(picture);
  assert.deepEqual(Object.keys(bundle), ["image/png", "text/plain"]);
  assert.ok(sameBytes(Uint8Array.fromBase64(bundle["image/png"]), await picture.png()));
  assert.match(bundle["text/plain"], /^sma_cross \(fast 10, slow 30\) on ABC\/EUR 1h\n2024-01-01 /);
  assert.match(
    bundle["text/plain"],
    /Return [+-]\d+\.\d\d% · buy and hold .* · \d+ trades, .*% won$/,
  );
});

Deno.test("drawing twice, here and in another order, gives the same bytes", async () => {
  const first = await picture.png();
  await chart(result.candles).png();
  assert.ok(sameBytes(await picture.png(), first));
});
