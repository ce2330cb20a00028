/**
 * Prints how fast each operator is, as Markdown: nanoseconds of processor time a row over a million candles, in a plan; medians
 * of runs that take turns with the loop by hand and technicalindicators, so that a busy machine slows all of them.
 *
 *     deno task speed [NAME…]
 */
import process from "node:process";
import { millionRows } from "./million_rows.ts";
import { operatorRuns, theirRuns } from "./operator_runs.ts";
import { plainRuns } from "./plain_loops.ts";

const WARM = 5, ROUNDS = 9, LIBRARY_ROUNDS = 2;
const candles = millionRows(), plain = plainRuns(candles), theirs = theirRuns(candles);
const asked = new Set(Deno.args);

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** Milliseconds of processor time of a run, which are nanoseconds a row; what others do meanwhile does not count. */
function timed(run: () => void): number {
  const from = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1_000;
}

function line(name: string, call: string, run: () => void): string {
  const byHand = plain[name], library = theirs(name);
  const ours: number[] = [], hands: number[] = [], others: number[] = [];
  for (let round = 0; round < WARM + ROUNDS; round++) {
    const times = [timed(run), byHand ? timed(byHand) : NaN];
    if (library && round < LIBRARY_ROUNDS) others.push(timed(library));
    if (round < WARM) continue;
    ours.push(times[0]);
    hands.push(times[1]);
  }
  const [own, hand, other] = [ours, hands, others].map(median);
  const ratio = median(ours.map((time, i) => time / hands[i]));
  const cells = [own, hand, ratio, other, other / own];
  const digits = [1, 1, 2, 0, 0];
  const written = cells.map((cell, i) => cell >= 0 ? cell.toFixed(digits[i]) : "");
  return `| \`${call}\` | ${written.join(" | ")} |`;
}

const print = (text: string) => Deno.stdout.writeSync(new TextEncoder().encode(`${text}\n`));

print("| operator | ns a row | by hand | times | technicalindicators | times |");
print("| --- | --- | --- | --- | --- | --- |");
for (const { name, call, run } of operatorRuns(candles)) {
  if (asked.size === 0 || asked.has(name)) print(line(name, call, run));
}
