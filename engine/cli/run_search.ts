import type { Candles } from "../market/candles.ts";
import { counted } from "../market/counted.ts";
import { InputError } from "../market/errors.ts";
import type { SweepResult } from "../research/sweep/sweep_result.ts";
import { sweep } from "../search/sweep.ts";
import type { SweepOptions, Tried } from "../search/sweep_options.ts";
import type { Strategy } from "../strategy/strategy.ts";
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

/** Runs a search; if it is written to `out`, what was run before is not run again. */
export async function runSearch(search: Search, out?: string): Promise<SweepResult> {
  return out === undefined ? await searched(search, UNKEPT) : await written(search, out);
}

/** What becomes of a search without a file that is ended. */
const UNKEPT = "what was tried counts, and is not kept: with --out it would go on from there";

/** Searches with a bar on the terminal, until it is through or asked to end, when `ended` is said. */
async function searched(
  { strategy, candles, sets, asked }: Search,
  ended: string,
): Promise<SweepResult> {
  const bar = progress(), began = performance.now(), signal = stopSignal(ended);
  let before = 0;
  const show = (done: number, all: number) => {
    before ||= done === all ? 0 : done;
    const left = (performance.now() - began) / Math.max(1, done) * (all - done) / 1_000;
    bar.show(
      done / all,
      `${counted(done)} of ${counted(all)} sets, ${counted(Math.ceil(left))} s left`,
    );
  };
  try {
    return await sweep(strategy, candles, sets, { ...asked, signal, progress: show });
  } catch (error) {
    if (signal.aborted) throw new InputError("The sweep was ended before it was through");
    throw error;
  } finally {
    bar.end();
  }
}

/** The same, into a file. */
async function written(search: Search, out: string): Promise<SweepResult> {
  await checkPlace(out);
  const journal = await SweepJournal.open(`${out}.part`, search.hash);
  try {
    const ran = journal.numbers.size;
    // With batches of this very search beside it, it is what that search wrote when it was ended.
    if (ran === 0) await checkFree(out);
    if (ran > 0) note(`Going on where it was ended: ${counted(ran)} batches are there`);
    const asked = { ...search.asked, saved: journal };
    const ended = `what is done counts, and is kept in ${out}.part`;
    const result = await searched({ ...search, asked }, ended);
    await writeWhole(out, sweepCsv(result));
    journal.forget();
    return result;
  } finally {
    await journal.close();
  }
}
