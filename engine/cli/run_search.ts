import type { Candles } from "../market/candles.ts";
import { counted } from "../market/counted.ts";
import { InputError } from "../market/errors.ts";
import type { Judgement } from "../research/overfitting/judge_search.ts";
import type { SweepResult } from "../research/sweep/sweep_result.ts";
import { engineVersion } from "../search/distributed/engine_version.ts";
import { judge } from "../search/judge.ts";
import { keptProcessors } from "../search/kept_processors.ts";
import { sweep } from "../search/sweep.ts";
import type { SweepOptions, Tried } from "../search/sweep_options.ts";
import type { Strategy } from "../strategy/strategy.ts";
import { given } from "./backtest_run.ts";
import { note } from "./output.ts";
import { progress } from "./progress.ts";
import { stopSignal } from "./stop_signal.ts";
import { checkFree, checkPlace, writeWhole } from "./whole_file.ts";
import { SweepJournal } from "./sweep_journal.ts";
import { sweepCsv } from "./sweep_output.ts";

/** A search that was asked for. */
export interface Search {
  strategy: Strategy;
  candles: Candles;
  sets: Tried;
  asked: SweepOptions;
  /** What it is known by. */
  hash: string;
}

/** What came of a search, and what is to be thought of it. */
export interface JudgedSearch {
  found: SweepResult;
  judgement: Judgement;
}

/** What becomes of a search without a file that is ended. */
const UNKEPT = "what was tried counts, and is not kept: with --out it would go on from there";

/**
 * Runs a search, and judges it, with a bar on the terminal, until it is through or asked to end. If it is written to `out`, what
 * was run before is not run again.
 */
export async function runSearch(search: Search, out?: string): Promise<JudgedSearch> {
  let kept = out === undefined ? UNKEPT : `what is done counts, and is kept in ${out}.part`;
  const signal = stopSignal(() => kept), processors = keptProcessors();
  const watched = { ...search, asked: { ...search.asked, signal, processors } };
  let doing = "through";
  try {
    const found = out === undefined ? await searched(watched) : await written(watched, out);
    if (out !== undefined) kept = `${out} is written`;
    doing = "judged";
    return { found, judgement: await judged(found, watched.asked) };
  } catch (error) {
    if (signal.aborted) throw new InputError(`The sweep was ended before it was ${doing}`);
    throw error;
  } finally {
    processors.end();
  }
}

async function searched({ strategy, candles, sets, asked }: Search): Promise<SweepResult> {
  const bar = barOf((done, all, left) =>
    `${counted(done)} of ${counted(all)} sets, ${counted(left)} s left`
  );
  return await sweep(strategy, candles, sets, { ...asked, progress: bar.show }).finally(bar.end);
}

async function judged(found: SweepResult, asked: SweepOptions): Promise<Judgement> {
  const { signal, processors, workers } = asked, options = given({ signal, processors, workers });
  const bar = barOf((done, all) => `judging: ${counted(done)} of ${counted(all)} sets compared`);
  // What is over with its first batch needs no bar.
  let isLong = false;
  const show = (done: number, all: number) => {
    isLong ||= done < all;
    if (isLong) bar.show(done, all);
  };
  return await judge(found, { ...options, progress: show }).finally(bar.end);
}

/** A bar, and what stands beside it: how many sets of how many are through, and seconds that are left. */
function barOf(text: (done: number, all: number, left: number) => string) {
  const bar = progress(), began = performance.now();
  const show = (done: number, all: number) => {
    const left = (performance.now() - began) / Math.max(1, done) * (all - done) / 1_000;
    bar.show(done / all, text(done, all, Math.ceil(left)));
  };
  return { show, end: () => bar.end() };
}

/** The same, into a file. */
async function written(search: Search, out: string): Promise<SweepResult> {
  await checkPlace(out);
  const journal = await SweepJournal.open(`${out}.part`, {
    sweep: search.hash,
    engine: await engineVersion(),
  });
  try {
    const ran = journal.numbers.size;
    // With batches of this very search beside it, it is what that search wrote when it was ended.
    if (ran === 0) await checkFree(out);
    if (ran > 0) note(`Going on where it was ended: ${counted(ran)} batches are there`);
    const result = await searched({ ...search, asked: { ...search.asked, saved: journal } });
    await writeWhole(out, sweepCsv(result));
    journal.forget();
    return result;
  } finally {
    await journal.close();
  }
}
