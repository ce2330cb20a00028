import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { InputError } from "../../../engine/market/errors.ts";
import type { MarketMarks, TrialLedger } from "../../../engine/ports/trial_ledger.ts";
import { sqliteLedger } from "../../../engine/storage/trials/sqlite_ledger.ts";
import { triedBefore } from "../../../engine/storage/trials/tried_before.ts";
import { startProcess } from "../../support/limited_process.ts";
import { inTempFolder } from "../../support/temp_folder.ts";
import { marks, numbers, tried } from "./made_sets.ts";

const inLedger = (use: (ledger: TrialLedger, path: string) => Promise<void>) =>
  inTempFolder((folder) =>
    use(sqliteLedger(`${folder}/deep/trials.sqlite`), `${folder}/deep/trials.sqlite`)
  );

/** The ids of what a search over these days is told that others tried. */
async function earlier(
  ledger: TrialLedger,
  from: number,
  to: number,
  salt = 0,
): Promise<number[][]> {
  const { earlier } = await ledger.record(marks(from, to, salt), [tried(from, to, [0])]);
  return earlier.map(({ ids }) => [...ids]).filter(([first]) => first !== 0);
}

Deno.test("a ledger tells what was tried over the same market and an overlapping span", async () => {
  await inLedger(async (ledger) => {
    assert.deepEqual(await ledger.rows(), []);
    await ledger.record(marks(0, 100), [tried(0, 100, [1, 2, 2 ** 53 - 1])]);
    await ledger.record(marks(300, 400), [tried(300, 400, [3])]);
    await ledger.record(marks(0, 100, 7), [tried(0, 100, [4])]);
    assert.deepEqual(await earlier(ledger, 0, 100), [[1, 2, 2 ** 53 - 1]]);
    // A row more, a year less, one day in common.
    assert.deepEqual(await earlier(ledger, 0, 101), [[1, 2, 2 ** 53 - 1]]);
    assert.deepEqual(await earlier(ledger, 99, 180), [[1, 2, 2 ** 53 - 1]]);
    // What ends where another begins has nothing in common with it.
    assert.deepEqual(await earlier(ledger, 100, 200), []);
    assert.deepEqual(await earlier(ledger, 0, 100, 7), [[4]]);
    assert.deepEqual(await earlier(ledger, 0, 100, 8), []);
  });
});

Deno.test("spans of which nobody knew that they are one market meet when somebody does", async () => {
  await inLedger(async (ledger) => {
    await ledger.record(marks(0, 100), [tried(0, 100, [1])]);
    await ledger.record(marks(300, 400), [tried(300, 400, [2])]);
    assert.equal(new Set((await ledger.rows()).map(({ market }) => market)).size, 2);
    assert.deepEqual(await earlier(ledger, 0, 400), [[1], [2]]);
    assert.equal(new Set((await ledger.rows()).map(({ market }) => market)).size, 1);
    assert.deepEqual(await ledger.distinct(), new Map([[(await ledger.rows())[0].market, 3]]));
  });
});

Deno.test("a market is known though a tenth of its closes was corrected, and not if more was", async () => {
  await inLedger(async (ledger) => {
    await ledger.record(marks(0, 100), [tried(0, 100, [1])]);
    for (const [changed, known] of [[10, true], [11, false]] as const) {
      const other = marks(0, 100);
      other.closes.fill(1, 0, changed);
      const { earlier } = await ledger.record(other, [tried(0, 100, [2])]);
      assert.equal(earlier.some(({ ids }) => ids[0] === 1), known, `${changed} changed`);
    }
  });
});

Deno.test("two markets that close alike once, on the only day that both know, stay two", async () => {
  await inLedger(async (ledger) => {
    await ledger.record(marks(0, 100), [tried(0, 100, [1])]);
    const other = marks(99, 180, 7);
    other.closes[0] = marks(99, 100).closes[0];
    const span = tried(99, 180, [2]);
    assert.deepEqual((await ledger.record(other, [span])).earlier, []);
    assert.equal(new Set((await ledger.rows()).map(({ market }) => market)).size, 2);
    // Each is known again by its own closes, two of which are enough.
    for (const [again, id] of [[marks(98, 120), 1], [other, 2]] as const) {
      const { earlier } = await ledger.record(again, [tried(99, 120, [3])]);
      assert(earlier.some(({ ids }) => ids[0] === id));
      assert(!earlier.some(({ ids }) => ids[0] === 3 - id));
    }
  });
});

/** Two markets that close alike on these days of 400, as two stablecoins do. */
function alike(days: readonly number[]): [MarketMarks, MarketMarks] {
  const one = marks(0, 400), other = marks(0, 400, 7);
  for (const day of days) other.closes[day] = one.closes[day];
  return [one, other];
}

const part = ({ times, closes }: MarketMarks, from: number, to: number): MarketMarks => ({
  times: times.slice(from, to),
  closes: closes.slice(from, to),
});

Deno.test("a few days on which two markets close alike do not make them one", async () => {
  // 68 of 400, two of which follow each other.
  const [one, other] = alike(numbers(0, 68).map((i) => i === 0 ? 1 : 6 * i - 6));
  await inLedger(async (ledger, path) => {
    await ledger.record(one, [tried(0, 400, [1])]);
    await ledger.record(other, [tried(0, 400, [2])]);
    const few = part(one, 0, 2), told = triedBefore(path)(few, 0, 400 * 86_400_000);
    assert.deepEqual(told.map(({ ids }) => [...ids]), [[1]]);
    const { earlier } = await ledger.record(few, [tried(0, 2, [3])]);
    assert.deepEqual(earlier.map(({ ids }) => [...ids]), [[1]]);
    const { earlier: others } = await ledger.record(other, [tried(0, 400, [2])]);
    assert.deepEqual(others.map(({ ids }) => [...ids]), [[2]]);
    assert.equal(new Set((await ledger.rows()).map(({ market }) => market)).size, 2);
  });
});

Deno.test("of two markets that match, that with more of the closes is it", async () => {
  const [one, other] = alike(numbers(100, 119));
  for (const [first, second] of [[one, other], [other, one]]) {
    await inLedger(async (ledger) => {
      const own = first === one ? 1 : 2;
      await ledger.record(first, [tried(0, 400, [1])]);
      await ledger.record(second, [tried(0, 400, [2])]);
      // 20 of 20, and 19 of 20.
      const { earlier } = await ledger.record(part(one, 100, 120), [tried(100, 120, [3])]);
      assert.deepEqual(earlier.map(({ ids }) => [...ids]), [[own]]);
      assert.equal(new Set((await ledger.rows()).map(({ market }) => market)).size, 2);
    });
  }
});

Deno.test("a search that is run again is the same row", async () => {
  await inLedger(async (ledger) => {
    const sets = tried(0, 100, [1, 2]), [row] = (await ledger.record(marks(0, 100), [sets])).rows;
    await ledger.judged(row, 1.5);
    const again = await ledger.record(marks(0, 100), [sets]);
    assert.deepEqual(again.rows, [row]);
    assert.deepEqual(again.earlier.map(({ independent }) => independent), [1.5]);
    const rows = await ledger.rows();
    assert.equal(rows.length, 1);
    assert.equal(rows[0].times, 2);
    assert.deepEqual([rows[0].sets, rows[0].independent], [2, 1.5]);
    assert.deepEqual(rows[0].ratios, { count: 2, sum: 1, squares: 2 });
  });
});

const record = (path: string, first: number, count: number) =>
  startProcess("deno", {
    args: [
      ...["run", "-q", "--no-prompt", "--lock=files.lock", "--frozen", "--allow-read"],
      ...[`--allow-write=${path.replace(/\/[^/]*$/, "")}`, "tests/storage/trials/record_often.ts"],
      ...[path, `${first}`, `${count}`],
    ],
    stdout: "piped",
    stderr: "inherit",
  });

Deno.test("several processes at once lose no count", async () => {
  await inLedger(async (ledger, path) => {
    const processes = [0, 20, 40].map((first) => record(path, first, 20));
    const ended = await Promise.all(processes.map(async ({ stdout, status }) => {
      await new Response(stdout).text();
      return await status;
    }));
    assert(ended.every(({ code }) => code === 0));
    assert.equal((await ledger.rows()).length, 60);
    assert.deepEqual([...(await ledger.distinct()).values()], [60_000]);
  });
});

Deno.test("a process that is killed leaves all that it was told is there, and a ledger that goes on", async () => {
  await inLedger(async (ledger, path) => {
    const process = record(path, 0, 100_000), reader = process.stdout.getReader();
    let told = 0;
    while (told < 10) {
      const { value, done } = await reader.read();
      assert(!done, "the process ended before it was killed");
      told += new TextDecoder().decode(value).split("\n").length - 1;
    }
    process.kill("SIGKILL");
    await process.status;
    await reader.cancel();
    const { length } = await ledger.rows();
    assert(length >= told, `${told} were told, ${length} are there`);
    assert.deepEqual([...(await ledger.distinct()).values()], [1_000 * length]);
    await ledger.record(marks(0, 100), [tried(0, 100, [1e12])]);
    assert.equal((await ledger.rows()).length, length + 1);
  });
});

Deno.test("a file that is no ledger is refused, and left as it is", async () => {
  await inTempFolder(async (folder) => {
    const path = `${folder}/trials.sqlite`, ledger = sqliteLedger(path);
    const refused = async (said: RegExp) => {
      const before = await Deno.readFile(path);
      for (const call of [() => ledger.rows(), () => ledger.record(marks(0, 2), [])]) {
        await assert.rejects(call, (error: Error) => {
          assert(error instanceof InputError);
          assert.match(error.message, said);
          assert.match(error.message, /trials\.sqlite: .*move it away/);
          return true;
        });
      }
      assert.deepEqual(await Deno.readFile(path), before);
    };
    await Deno.writeTextFile(
      path,
      "neither is this one a database, nor will it be one\n".repeat(99),
    );
    await refused(/file is not a database/);
    await Deno.remove(path);
    const other = new DatabaseSync(path);
    other.exec("CREATE TABLE others (x)");
    other.close();
    await refused(/a database of something else/);
    await Deno.remove(path);
    await ledger.record(marks(0, 100), [tried(0, 100, numbers(0, 5_000))]);
    const whole = await Deno.readFile(path);
    whole.fill(0xff, 4_096, whole.length);
    await Deno.writeFile(path, whole);
    await refused(/malformed|not a database/);
  });
});
