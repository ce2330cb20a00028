import assert from "node:assert/strict";
import { Candles } from "../../../engine/market/candles.ts";
import { readCandlesCsv } from "../../../engine/market/candles_csv.ts";
import { resample } from "../../../engine/market/resample.ts";
import { expectedBestSharpe } from "../../../engine/research/overfitting/expected_best_sharpe.ts";
import { judgeSearch } from "../../../engine/research/overfitting/judge_search.ts";
import { judgementText } from "../../../engine/research/overfitting/judgement_text.ts";
import { walkForward } from "../../../engine/search/walk_forward.ts";
import { sweep } from "../../../engine/search/sweep.ts";
import { sqliteLedger } from "../../../engine/storage/trials/sqlite_ledger.ts";
import cross from "../../../strategies/sma_cross.ts";
import { runProcess } from "../../support/limited_process.ts";
import { inTempFolder } from "../../support/temp_folder.ts";

const CANDLES = await readCandlesCsv("data/sample_candles_1h.csv.gz");

/** How many pairs of a fast window from 5 to one and a slow one from 20 to another there are: fast < slow. */
const pairs = (fast: number, slow: number) => (fast - 4) * (slow - 19);

Deno.test("a search counts what earlier ones tried, and a set that is tried twice once", async () => {
  await inTempFolder(async (folder) => {
    const ledger = sqliteLedger(`${folder}/trials.sqlite`);
    const judged = async (candles: Candles, fast: number, slow: number) => {
      const space = { fast: `5..${fast}`, slow: `20..${slow}` };
      const found = await sweep(cross, candles, space, { ledger });
      return { found, judgement: judgeSearch(found) };
    };
    const first = await judged(CANDLES, 8, 40);
    assert.deepEqual([first.judgement.tried, first.judgement.earlier], [pairs(8, 40), 0]);
    const again = await judged(CANDLES.slice(0, CANDLES.length - 1), 8, 40);
    assert.deepEqual([again.judgement.tried, again.judgement.earlier], [pairs(8, 40), 0]);
    assert.deepEqual(again.found.result().trials, pairs(8, 40));
    const other = await judged(CANDLES.slice(1_000, CANDLES.length), 6, 60);
    const all = pairs(8, 40) + pairs(6, 60) - pairs(6, 40);
    const { judgement } = other;
    assert.deepEqual([judgement.tried, judgement.earlier], [all, all - pairs(6, 60)]);
    assert.equal(other.found.result().trials, all);
    assert.match(
      judgementText(judgement)[0],
      new RegExp(`^Of ${all} sets tried, ${all - pairs(6, 60)} of them in earlier searches, the`),
    );
    // Half of the first search's sets are new to this one; that one was judged.
    const further = (all - pairs(6, 60)) / pairs(8, 40);
    const alone = judgeSearch(
      await sweep(cross, CANDLES.slice(1_000, CANDLES.length), {
        ...{ fast: "5..6", slow: "20..60" },
      }),
    );
    assert(
      Math.abs(judgement.independent - alone.independent - further * first.judgement.independent) <
        1e-9,
    );
    const daily = expectedBestSharpe(judgement.independent, 1 / Math.sqrt(judgement.periods - 1));
    assert(Math.abs(judgement.expectedSharpe - daily * Math.sqrt(365)) < 1e-12);
    assert(judgement.deflatedSharpe < alone.deflatedSharpe);
    assert(judgement.chanceOfLuck > alone.chanceOfLuck);
    assert.match(
      judgementText(alone)[0],
      / of the time\. Earlier searches are not known: no ledger of them is kept\.$/,
    );
  });
});

Deno.test("a market is known again by candles of another length, and another one is not taken for it", async () => {
  await inTempFolder(async (folder) => {
    const ledger = sqliteLedger(`${folder}/trials.sqlite`),
      space = { fast: "5..8", slow: "20..40" };
    await sweep(cross, CANDLES, space, { ledger });
    const longer = await sweep(cross, resample(CANDLES, "1d"), space, { ledger });
    assert.equal(judgeSearch(longer).earlier, pairs(8, 40));
    const { timeframe, decimals, time, open, high, low, close, volume, trades, kind } = CANDLES;
    const dearer = (prices: Float64Array) => prices.map((price) => price + 1);
    const columns = {
      ...{ open: dearer(open), high: dearer(high), low: dearer(low), close: dearer(close) },
      ...{ time, volume, trades, kind },
    };
    const other = new Candles(timeframe, columns, decimals);
    assert.equal(judgeSearch(await sweep(cross, other, space, { ledger })).earlier, 0);
  });
});

Deno.test("who may not write a ledger searches all the same, and is told", async () => {
  const ledger = sqliteLedger("/no-such-folder/trials.sqlite");
  const found = await sweep(cross, CANDLES, { fast: "5..6" }, { ledger });
  assert.deepEqual([found.counted.unknown, judgeSearch(found).tried], [undefined, 2]);
  assert.match(
    judgementText(judgeSearch(found))[0],
    / Later searches will not know of this one: the ledger may not be written here without --allow-write=\/no-such-folder\.$/,
  );
});

Deno.test("who may only read a ledger knows what is in it, and who may not is told the flag", () =>
  inTempFolder(async (folder) => {
    const file = `${folder}/trials.sqlite`, space = { fast: "5..8", slow: "20..40" };
    await sweep(cross, CANDLES, space, { ledger: sqliteLedger(file) });
    const bytes = Deno.readFileSync(file);
    Deno.writeTextFileSync(`${folder}/search.ts`, SEARCH);
    const told = async (...allowed: string[]) => {
      const args = ["run", "-q", "--no-prompt", "--cached-only", "--lock=deno.lock"];
      const root = new URL("../../../", import.meta.url).href;
      const { code, out, err } = await runProcess("deno", {
        args: [
          ...args,
          "--config=deno.json",
          "--frozen",
          ...allowed,
          `${folder}/search.ts`,
          root,
          file,
        ],
        cwd: new URL(root).pathname,
      });
      assert.equal(code, 0, err);
      return out.trimEnd();
    };
    const all = pairs(8, 40) + pairs(6, 60) - pairs(6, 40);
    assert.match(
      await told("--allow-read"),
      new RegExp(
        `^Of ${all} sets tried, ${
          all - pairs(6, 60)
        } of them in earlier searches, .* Later searches ` +
          `will not know of this one: the ledger may not be written here without --allow-write=${folder}\\.$`,
      ),
    );
    assert.deepEqual(Deno.readFileSync(file), bytes, "nothing is written");
    const here = [".", ...["/search.ts", "/node_modules"].map((name) => `${folder}${name}`)];
    assert.match(
      await told(`--allow-read=${here}`),
      new RegExp(
        `^Of ${pairs(6, 60)} sets tried, the .* Earlier searches are not known: ` +
          `their ledger may not be used here without --allow-read=${file}\\.$`,
      ),
    );
  }));

/** A search by a script with other permissions: where the project is, and the ledger. */
const SEARCH = `
const [root, file] = Deno.args, of = (path) => import(root + path);
const { readCandlesCsv } = await of("engine/market/candles_csv.ts");
const { sqliteLedger } = await of("engine/storage/trials/sqlite_ledger.ts");
const { sweep } = await of("engine/search/sweep.ts");
const { judgeSearch } = await of("engine/research/overfitting/judge_search.ts");
const { judgementText } = await of("engine/research/overfitting/judgement_text.ts");
const { default: cross } = await of("strategies/sma_cross.ts");
const candles = await readCandlesCsv("data/sample_candles_1h.csv.gz");
const space = { fast: "5..6", slow: "20..60" }, ledger = sqliteLedger(file);
console.log(judgementText(judgeSearch(await sweep(cross, candles, space, { ledger })))[0]);
`;

Deno.test("a ledger that fails behind the search costs the count, and not what was found", () =>
  inTempFolder(async (folder) => {
    const candles = await readCandlesCsv("data/sample_candles_1h.csv.gz");
    const file = `${folder}/trials.sqlite`, space = { fast: [5, 9], slow: [40] };
    const found = await sweep(cross, candles, space, {
      ledger: sqliteLedger(file),
      progress: () => Deno.writeTextFileSync(file, "no ledger, and too short to be one\n"),
    });
    assert.match(found.counted.unknown!, /^they were not written down: Cannot use the ledger of/);
    assert.equal(found.best.length, 2);
  }));

Deno.test("what a walk forward hands on tells all that were tried, as a sweep does", async () => {
  await inTempFolder(async (folder) => {
    const ledger = sqliteLedger(`${folder}/trials.sqlite`);
    await sweep(cross, CANDLES, { fast: "5..8", slow: "20..40" }, { ledger });
    const asked = { train: 200, test: 400, ledger };
    const { folds } = await walkForward(cross, CANDLES, { fast: [7], slow: [33] }, asked);
    assert.equal(folds[0].result.trials, pairs(8, 40)); // that one was among them
  });
});
