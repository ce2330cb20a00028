import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { SAMPLE_CANDLES, SAMPLE_TAPE } from "../../data/samples.ts";
import { syntheticCandles } from "../../data/synthetic_candles.ts";
import { syntheticTape } from "../../data/synthetic_tape.ts";
import { writeTape } from "../../data/write_tape.ts";
import { CandleBuilder } from "../../engine/market/candle_builder.ts";
import { type Candle, Candles } from "../../engine/market/candles.ts";
import { readCandlesCsv, writeCandlesCsv } from "../../engine/market/candles_csv.ts";
import { readTape, type TapeRow } from "../../engine/market/tape.ts";
import { inTempFolder } from "../support/temp_folder.ts";

const committed = (file: string) =>
  decodeURIComponent(new URL(`../../data/${file}`, import.meta.url).pathname);

const text = (path: string) => new TextDecoder().decode(gunzipSync(Deno.readFileSync(path)));

async function sampleTape(): Promise<TapeRow[]> {
  const rows: TapeRow[] = [];
  for await (const batch of readTape(committed(SAMPLE_TAPE.file))) rows.push(...batch);
  return rows;
}

function minutes(tape: TapeRow[]): Candles {
  const builder = new CandleBuilder({ timeframe: "1m", observedFrom: SAMPLE_TAPE.options.from });
  const rows: Candle[] = tape.flatMap(({ trade }) => builder.add(trade));
  return Candles.fromRows("1m", [...rows, ...builder.advance(SAMPLE_TAPE.options.to)]);
}

Deno.test("the sample tape is what the generator makes, to the last byte", async () => {
  await inTempFolder(async (folder) => {
    await writeTape(`${folder}/tape.gz`, syntheticTape(SAMPLE_TAPE.options));
    assert.ok(text(`${folder}/tape.gz`) === text(committed(SAMPLE_TAPE.file)));
  });
});

for (const { file, options } of SAMPLE_CANDLES) {
  Deno.test(`${file} is what the generator makes, to the last byte`, async () => {
    await inTempFolder(async (folder) => {
      await writeCandlesCsv(`${folder}/candles.gz`, syntheticCandles(options));
      assert.ok(text(`${folder}/candles.gz`) === text(committed(file)));
    });
  });
}

Deno.test("a tape is written as it is read, times of arrival included", async () => {
  const made = [...syntheticTape(SAMPLE_TAPE.options)];
  assert.deepEqual(await sampleTape(), made);
});

Deno.test("another seed gives another market", () => {
  const [first] = syntheticTape({ ...SAMPLE_TAPE.options, seed: 1 });
  const [second] = syntheticTape({ ...SAMPLE_TAPE.options, seed: 2 });
  assert.notDeepEqual(first, second);
});

Deno.test("the tape has what real tapes have: ties, sweeps, bursts, delays, silence, a gap", async () => {
  const tape = await sampleTape(), { from, to, gap } = SAMPLE_TAPE.options;
  const times = tape.map(({ trade }) => trade.timestamp);
  assert.ok(
    times.every((time, i) => time >= from && time < to && (i === 0 || time >= times[i - 1])),
  );
  assert.ok(times.filter((time, i) => time === times[i - 1]).length > 500);
  assert.ok(!times.some((time) => time >= gap!.from && time < gap!.to));
  for (const { trade, received } of tape) {
    assert.ok(received - trade.timestamp >= 20 && received - trade.timestamp <= 300);
    assert.equal(trade.price, Number(trade.price.toFixed(2)));
    assert.equal(trade.amount, Number(trade.amount.toFixed(5)));
  }
  assert.ok(tape.every(({ received }, i) => i === 0 || received >= tape[i - 1].received));
  const { trades } = minutes(tape), silent = [...trades].filter((count) => count === 0).length;
  assert.equal(trades.length, 480);
  assert.ok(silent > 10 + 7 && silent < 40, `${silent} silent minutes`);
  const seconds = Map.groupBy(times, (time) => Math.floor(time / 1_000));
  assert.ok(Math.max(...seconds.values().map((inside) => inside.length)) > 15);
});

Deno.test("the candles have silent minutes and one gap", async () => {
  for (const { file, options } of SAMPLE_CANDLES) {
    const candles = await readCandlesCsv(committed(file));
    assert.deepEqual([candles.timeframe, candles.decimals], [options.timeframe, 2]);
    assert.deepEqual(candles.gaps(), [{ after: options.gap!.from, until: options.gap!.to }]);
    const empty = candles.rows().filter(({ kind }) => kind === "empty").length;
    assert.equal(empty > 0, options.timeframe === "1m");
  }
});

Deno.test("on the sample tape averages cross often, and RSI leaves its middle on both sides", async () => {
  const { close } = minutes(await sampleTape());
  const crosses = (fast: number, slow: number) => {
    const above = Array.from(close, (_, i) => average(close, i, fast) > average(close, i, slow));
    return above.filter((is, i) => i > slow && is !== above[i - 1]).length;
  };
  assert.ok(crosses(5, 20) >= 20 && crosses(10, 30) >= 10 && crosses(20, 50) >= 6);
  const rsi = relativeStrength(close);
  assert.ok(rsi.filter((value, i) => value < 30 && rsi[i - 1] >= 30).length >= 3);
  assert.ok(rsi.filter((value, i) => value > 70 && rsi[i - 1] <= 70).length >= 3);
});

function average(values: Float64Array, end: number, window: number): number {
  return values.slice(Math.max(0, end - window + 1), end + 1).reduce((a, b) => a + b) / window;
}

/** RSI over 14 rows by simple averages of gains and losses. */
function relativeStrength(values: Float64Array): number[] {
  return Array.from(values, (_, i) => {
    let gain = 0, loss = 0;
    for (let k = Math.max(1, i - 13); k <= i; k++) {
      const change = values[k] - values[k - 1];
      if (change > 0) gain += change;
      else loss -= change;
    }
    return gain + loss === 0 ? 50 : 100 * gain / (gain + loss);
  });
}
