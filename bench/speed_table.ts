/**
 * Prints how fast each operator is, as Markdown: nanoseconds of processor time a row over a million candles, in a plan; the best
 * of runs that take turns with the loop by hand and technicalindicators, so that what else a machine does counts little.
 *
 *     deno task speed [NAME…]
 */
import process from "node:process";
import { millionRows } from "./million_rows.ts";
import { operatorRuns, theirRuns } from "./operator_runs.ts";
import { plainRuns } from "./plain_loops.ts";

const ROUNDS = 20, LIBRARY_ROUNDS = 4;
const candles = millionRows(), plain = plainRuns(candles), theirs = theirRuns(candles);
const asked = new Set(Deno.args);

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
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(timed(run));
    if (byHand) hands.push(timed(byHand));
    if (library && round < LIBRARY_ROUNDS) others.push(timed(library));
  }
  const [own, hand, other] = [ours, hands, others].map((times) => Math.min(...times));
  const cells = [own, hand, own / hand, other, other / own];
  const digits = [1, 1, 2, 0, 0];
  const written = cells.map((cell, i) =>
    cell > 0 && cell < Infinity ? cell.toFixed(digits[i]) : ""
  );
  return `| \`${call}\` | ${written.join(" | ")} |`;
}

const print = (text: string) => Deno.stdout.writeSync(new TextEncoder().encode(`${text}\n`));

print("| operator | ns a row | by hand | times | technicalindicators | times |");
print("| --- | --- | --- | --- | --- | --- |");
for (const { name, call, run } of operatorRuns(candles)) {
  if (asked.size === 0 || asked.has(name)) print(line(name, call, run));
}
