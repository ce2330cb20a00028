import assert from "node:assert/strict";
import { DEFAULT_ACCOUNT } from "../../engine/account/settings.ts";
import { readCandlesCsv } from "../../engine/market/candles_csv.ts";
import { metricsSettings } from "../../engine/metrics/settings.ts";
import { columnsOf, type Work } from "../../engine/research/sweep/work.ts";
import { startProcessor } from "../../engine/search/processor.ts";
import { writeRisk, writeStrategy } from "../../engine/strategy/strategy_json.ts";
import smaCross from "../../strategies/sma_cross.ts";

const candles = (await readCandlesCsv("data/sample_candles_1h.csv.gz")).slice(0, 300);

const WORK: Work = {
  strategy: writeStrategy(smaCross),
  risk: writeRisk(smaCross),
  account: DEFAULT_ACCOUNT,
  timeframe: "1h",
  settings: metricsSettings(),
  candles: columnsOf(candles),
};

/** What of a task nobody caught. */
async function uncaught(task: () => void): Promise<unknown[]> {
  const found: unknown[] = [];
  const hear = (event: PromiseRejectionEvent) => {
    event.preventDefault();
    found.push(event.reason);
  };
  addEventListener("unhandledrejection", hear);
  try {
    task();
    // Such is told after all that was to be done at once.
    await new Promise((resolve) => setTimeout(resolve));
    return found;
  } finally {
    removeEventListener("unhandledrejection", hear);
  }
}

Deno.test("a processor that is ended before its first batch ends nothing else", async () => {
  assert.deepEqual(await uncaught(() => startProcessor().end()), []);
});

Deno.test("a processor that is ended at its batch, and one given another, say so", async () => {
  const processor = startProcessor(), batch = { batch: 0, sets: [{ fast: 5, slow: 20 }] };
  processor.take(WORK);
  const running = processor.run(batch);
  processor.end();
  await assert.rejects(running, /^Error: The processor was ended$/);
  await assert.rejects(processor.run(batch), /^Error: The processor was ended$/);
});
