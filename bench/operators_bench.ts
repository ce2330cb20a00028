/**
 * Each operator over a million candles, in a plan, by candle chunks: what takes a millisecond takes a nanosecond a row. Beside
 * some of them the loop that one would write by hand, and technicalindicators where it has them.
 * `deno task speed` makes a table of it.
 */
import { millionRows } from "./million_rows.ts";
import { operatorRuns, theirRuns } from "./operator_runs.ts";
import { plainRuns } from "./plain_loops.ts";

const candles = millionRows(), plain = plainRuns(candles), theirs = theirRuns(candles);

for (const { name, call, run } of operatorRuns(candles)) {
  const group = call, byHand = plain[name], library = theirs(name);
  if (byHand) Deno.bench(`${name}: by hand`, { group, baseline: true }, byHand);
  Deno.bench(name, { group }, run);
  if (library) Deno.bench(`${name}: technicalindicators`, { group, n: 1, warmup: 0 }, library);
}
