import assert from "node:assert/strict";
import "../../../engine/charts/display/register.ts";
import { DISPLAY, type MimeBundle } from "../../../engine/charts/display/mime_bundle.ts";
import { Candles } from "../../../engine/market/candles.ts";
import { NotedCandles } from "../../../engine/market/noted_candles.ts";

Deno.test("candles show what has to be said of them", () => {
  const row = { open: 1, high: 1, low: 1, close: 1, volume: 1, trades: NaN };
  const rows = [{ ...row, time: Date.UTC(2024, 0, 1, 1), kind: "backfilled" as const }];
  const noted = new NotedCandles(Candles.fromRows("1h", rows), ["made of 1m candles", "and more"]);
  const bundle = (noted as unknown as Record<symbol, () => MimeBundle>)[DISPLAY]();
  assert.match(bundle["text/plain"], /UTC · made of 1m candles · and more$/);
  assert.match(bundle["text/html"], /made of 1m candles · and more/);
});
