import assert from "node:assert/strict";
import { readCandlesCsv } from "../../../engine/market/candles_csv.ts";
import type { TrialLedger } from "../../../engine/ports/trial_ledger.ts";
import { crossValidate } from "../../../engine/search/cross_validate.ts";
import { sweep } from "../../../engine/search/sweep.ts";
import type { SweepOptions } from "../../../engine/search/sweep_options.ts";
import { walkForward } from "../../../engine/search/walk_forward.ts";
import { sqliteLedger } from "../../../engine/storage/trials/sqlite_ledger.ts";
import cross from "../../../strategies/sma_cross.ts";
import { inTempFolder } from "../../support/temp_folder.ts";

const CANDLES = (await readCandlesCsv("data/sample_candles_1h.csv.gz")).slice(0, 1_500);
const SPACE = { fast: "2..40", slow: "41..80" };

/** Runs a search that is ended when so many sets are through; what it threw, and how many then were. */
async function ended(
  least: number,
  run: (watched: Pick<SweepOptions, "signal" | "progress">) => Promise<unknown>,
): Promise<number> {
  const controller = new AbortController(), { signal } = controller;
  let through = 0;
  const progress = (done: number) => {
    if (signal.aborted || done < least) return;
    through = done;
    controller.abort(new Error("ended"));
  };
  await assert.rejects(run({ signal, progress }), /^Error: ended$/);
  return through;
}

const withLedger = (use: (ledger: TrialLedger) => Promise<void>) =>
  inTempFolder((folder) => use(sqliteLedger(`${folder}/trials.sqlite`)));

const METHODS: readonly SweepOptions[] = [
  {},
  { method: "random", count: 1_200 },
  { method: "sobol", count: 1_200 },
  { method: "evolution", count: 400 },
];

for (const options of METHODS) {
  const { method = "grid" } = options;
  Deno.test(`a ${method} search that is ended counts with the sets that are through`, () =>
    withLedger(async (ledger) => {
      const through = await ended(
        60,
        (watched) => sweep(cross, CANDLES, SPACE, { ledger, ...options, ...watched }),
      );
      assert(through >= 60);
      const rows = await ledger.rows();
      assert.deepEqual(rows.map(({ sets }) => sets), [through]);
      assert.equal(rows[0].method, method);
      assert.equal(rows[0].ratios.count, through); // each of them traded
      const { counted: { own, further } } = await sweep(cross, CANDLES, { fast: [2], slow: [99] }, {
        ledger,
      });
      assert.deepEqual([own, further.map(({ count }) => count)], [1, [through]]);
    }));
}

Deno.test("a search that is gone on with counts each of its sets once", () =>
  withLedger(async (ledger) => {
    const kept = new Map<number, Float64Array>();
    const saved = {
      numbers: kept,
      save: (batch: number, numbers: Float64Array) => void kept.set(batch, numbers),
    };
    await ended(60, (watched) => sweep(cross, CANDLES, SPACE, { ledger, saved, ...watched }));
    const { counted } = await sweep(cross, CANDLES, SPACE, { ledger, saved });
    assert.deepEqual([counted.own, counted.further], [39 * 40, []]);
  }));

Deno.test("a halving that is ended counts what it tried over each span", () =>
  withLedger(async (ledger) => {
    const asked = { method: "halving", count: 400, ledger } as const;
    const through = await ended(
      450,
      (watched) => sweep(cross, CANDLES, SPACE, { ...asked, ...watched }),
    );
    const sets = (await ledger.rows()).map(({ sets }) => sets);
    assert.deepEqual([sets.length, sets[0], sets[0] + sets[1]], [2, 400, through]);
  }));

Deno.test("so do a walk forward and a cross-validation", () =>
  withLedger(async (ledger) => {
    const space = { fast: [5, 10], slow: [20, 40, 60] }, days = { train: 20, test: 10 };
    await ended(
      2,
      (watched) => walkForward(cross, CANDLES, space, { ...days, ledger, ...watched }),
    );
    const rows = await ledger.rows();
    assert.deepEqual(rows.map(({ sets }) => sets), [6, 6, 6]); // the third window was begun
    await ended(4, (watched) => crossValidate(cross, CANDLES, space, { ledger, ...watched }));
    assert.deepEqual((await ledger.rows()).slice(3).map(({ sets }) => sets), [4]);
  }));

Deno.test("one that is ended before anything is through leaves nothing", () =>
  withLedger(async (ledger) => {
    const signal = AbortSignal.abort(new Error("ended"));
    const elsewhere = () => Promise.reject(signal.reason);
    await assert.rejects(sweep(cross, CANDLES, SPACE, { ledger, signal, elsewhere }), /ended/);
    assert.deepEqual(await ledger.rows(), []);
  }));
