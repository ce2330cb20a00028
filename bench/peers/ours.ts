import { print } from "../../engine/cli/output.ts";
import process from "node:process";
import { Candles } from "../../engine/market/candles.ts";
import { SHOWN_NUMBERS } from "../../engine/research/sweep/numbers.ts";
import { listSets } from "../../engine/research/sweep/parameter_sets.ts";
import { sweep } from "../../engine/search/sweep.ts";
import smaCross from "../../strategies/sma_cross.ts";
import { columnNames, readColumn } from "./columns.ts";

/**
 * Our side: reads columns from the folder and sets from standard input, searches once to warm up and then `times` times,
 * and prints milliseconds, peak memory, and the numbers of each set.
 */
const [folder, , times] = Deno.args;
const sets: [fast: number, slow: number][] = JSON.parse(
  await new Response(Deno.stdin.readable).text(),
);

const columns = Object.fromEntries(
  await Promise.all(columnNames.map(async (name) => [name, await readColumn(folder, name)])),
);
const rows = columns.close.length;
const whole = { ...columns, trades: new Float64Array(rows).fill(NaN), kind: new Uint8Array(rows) };
const candles = new Candles("1m", whole as unknown as Candles, 2);
const account = { fill: "close", fee: 0.001 } as const, metrics = { period: "1m" } as const;

async function search(): Promise<number[][]> {
  const list = listSets(smaCross, sets.map(([fast, slow]) => ({ fast, slow })));
  const found = await sweep(smaCross, candles, list, { account, metrics, workers: 1 });
  return sets.map((_, set) => SHOWN_NUMBERS.map((name) => found.row(set)[name]));
}

const took: number[] = [];
let numbers: number[][] = [];
for (let time = 0; time <= Number(times); time++) {
  const began = performance.now();
  numbers = await search();
  if (time > 0 || times === "0") took.push(performance.now() - began);
}
// In kilobytes, on Linux.
const peak = process.resourceUsage().maxRSS * 1_000;
print(JSON.stringify({ took, peak, numbers }));
