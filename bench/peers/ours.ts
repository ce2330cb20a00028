import process from "node:process";
import { print } from "../../engine/cli/output.ts";
import { allocateColumns, Candles } from "../../engine/market/candles.ts";
import { SHOWN_NUMBERS } from "../../engine/research/sweep/numbers.ts";
import type { ParameterSpace } from "../../engine/research/sweep/parameter_sets.ts";
import { keptProcessors } from "../../engine/search/kept_processors.ts";
import { sweep } from "../../engine/search/sweep.ts";
import type { ParameterValues } from "../../engine/series/scalars.ts";
import { columnNames, readColumn } from "./columns.ts";
import { STRATEGIES } from "./strategies.ts";

/**
 * Our side: reads columns from the folder and sets from standard input, searches once to warm up if it is timed more than
 * once, and prints milliseconds of processor time and of the clock, peak memory, and the numbers of each set.
 */
const [folder, name, times, workers, rows] = Deno.args;
const tried: ParameterValues[] | ParameterSpace = JSON.parse(
  await new Response(Deno.stdin.readable).text(),
);

const { size } = await Deno.stat(`${folder}/close.f64`), whole = allocateColumns(size / 8);
for (const name of columnNames) whole[name].set(await readColumn(folder, name));
whole.trades.fill(NaN);
const candles = new Candles("1m", whole, 2).slice(0, Number(rows));
const options = { account: { fill: "close", fee: 0.001 }, metrics: { period: "1m" } } as const;
const strategy = STRATEGIES[name];

const processors = keptProcessors();
const took: number[] = [], waited: number[] = [];
let numbers: number[][] = [];
for (let time = Number(times) > 1 ? -1 : 0; time < Number(times); time++) {
  const worked = process.cpuUsage(), began = performance.now();
  const asked = { ...options, workers: Number(workers), processors };
  const found = await sweep(strategy, candles, tried, asked);
  const { user, system } = process.cpuUsage(worked);
  if (time >= 0) {
    took.push((user + system) / 1_000);
    waited.push(performance.now() - began);
  }
  // Where nobody has the same to compare, they would only take memory.
  const compared = Array.isArray(tried) ? tried : [];
  numbers = compared.map((_, set) => SHOWN_NUMBERS.map((name) => found.row(set)[name]));
}
processors.end();
// In kilobytes, on Linux.
const peak = process.resourceUsage().maxRSS * 1_000;
print(JSON.stringify({ took, waited, peak, numbers }));
