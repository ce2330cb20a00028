/**
 * How fast work is shared out: jobs a second of 500 sets that take no time, and how much faster two workers
 * are than one at a search. `deno run -A --lock=deno.lock bench/shared_work.ts [ROUNDS]`, with REDIS_URL or DATABASE_URL.
 */
import process from "node:process";
import { openQueue } from "../engine/cli/open_queue.ts";
import { print } from "../engine/cli/output.ts";
import { packNumbers, packSets } from "../engine/search/distributed/packed.ts";
import { SWEEP_NUMBERS } from "../engine/research/sweep/numbers.ts";
import { BATCH_SETS } from "../engine/research/sweep/work.ts";

const ROOT = new URL("..", import.meta.url).pathname;

/** Jobs a second when doing them takes no time. */
async function jobsASecond(count: number): Promise<void> {
  const { queue, place, close } = await openQueue();
  const sets = Array.from({ length: BATCH_SETS }, (_, i) => ({ fast: 5 + i % 45, slow: 50 + i }));
  const data = packSets(sets, ["fast", "slow"]);
  const numbers = Float64Array.from({ length: BATCH_SETS * SWEEP_NUMBERS.length }, Math.random);
  const result = packNumbers(numbers);
  const shared = await queue.share("bench", "{}");
  const taking = await queue.takePart("bench", { atOnce: 2, run: () => Promise.resolve(result) });
  const began = performance.now(), used = process.cpuUsage();
  let added = 0, taken = 0;
  while (taken < count) {
    const fresh = Math.min(256 - (added - taken), count - added);
    const jobs = Array.from({ length: fresh }, (_, i) => ({ job: added + i, data }));
    if (fresh >= 64 || added + fresh === count) {
      await shared.add(jobs);
      added += fresh;
    }
    const found = await shared.finished();
    await shared.forget(found.map(({ job }) => job));
    taken += found.length;
  }
  const seconds = (performance.now() - began) / 1_000, { user, system } = process.cpuUsage(used);
  const each = (user + system) / 1_000 / count;
  print(
    `${place}: ${(count / seconds).toFixed(0)} jobs/s; ${
      each.toFixed(2)
    } ms a job of a processor for ` +
      `both ends; ${data.length} bytes a job, ${result.length} its result`,
  );
  await taking.leave();
  await shared.remove();
  await shared.close();
  await close();
}

/** Seconds of a search that so many workers, of one processor each, do. */
async function secondsWith(workers: number): Promise<number> {
  const run = (args: string[]) =>
    new Deno.Command("deno", {
      args: ["run", "-q", "-A", `--lock=${ROOT}deno.lock`, `${ROOT}engine/cli/main.ts`, ...args],
      cwd: ROOT,
      stdout: "null",
      stderr: "piped",
    }).spawn();
  const all = Array.from({ length: workers }, () => run(["worker", "--workers", "1"]));
  const sweep = run([
    ...["sweep", "strategies/sma_cross.ts", "--candles", "data/sample_candles_1h.csv.gz"],
    ...["--params", '{"fast":"5..84","slow":"100..399"}', "--distributed", "--keep", "1"],
  ]);
  let text = "", first = 0;
  for await (const part of sweep.stderr.pipeThrough(new TextDecoderStream())) {
    text += part;
    if (first === 0 && /10 % /.test(text)) first = performance.now();
    if (/100 % /.test(text)) break;
  }
  const seconds = (performance.now() - first) / 1_000;
  await sweep.status;
  for (const one of all) one.kill("SIGTERM");
  for (const one of all) {
    await one.stderr.cancel();
    await one.status;
  }
  return seconds;
}

await jobsASecond(2_000);
for (let round = 0; round < Number(Deno.args[0] ?? 3); round++) {
  const one = await secondsWith(1), two = await secondsWith(2);
  print(`one worker ${one.toFixed(1)} s, two ${two.toFixed(1)} s: ${(one / two).toFixed(2)}×`);
}
