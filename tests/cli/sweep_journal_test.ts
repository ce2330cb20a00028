import assert from "node:assert/strict";
import { SweepJournal } from "../../engine/cli/sweep_journal.ts";
import { InputError } from "../../engine/market/errors.ts";
import { inTempFolder } from "../support/temp_folder.ts";

Deno.test("a journal is one process's at a time, and loses nothing to the other", () =>
  inTempFolder(async (folder) => {
    const path = `${folder}/out.csv.part`, first = await SweepJournal.open(path, "a");
    first.save(0, Float64Array.of(1, NaN));
    await assert.rejects(
      SweepJournal.open(path, "a"),
      new InputError(
        `${path} is being written by another sweep that runs now: name another --out, or wait for it`,
      ),
    );
    first.save(1, Float64Array.of(2, 3));
    await first.close();
    const again = await SweepJournal.open(path, "a");
    const expected = [[0, Float64Array.of(1, NaN)], [1, Float64Array.of(2, 3)]];
    assert.deepEqual([...again.numbers], expected);
    again.forget();
    await again.close();
    assert.deepEqual([...Deno.readDirSync(folder)], []);
  }));

Deno.test("a journal goes on behind its last whole line, wherever it was cut", () =>
  inTempFolder(async (folder) => {
    const path = `${folder}/out.csv.part`, whole = await SweepJournal.open(path, "a");
    for (const batch of [0, 1]) whole.save(batch, Float64Array.of(batch + 0.5, NaN));
    await whole.close();
    const text = await Deno.readTextFile(path);
    for (let length = 0; length < text.length; length++) {
      await Deno.writeTextFile(path, text.slice(0, length));
      const journal = await SweepJournal.open(path, "a"), { size } = journal.numbers;
      assert.equal(size, Math.max(0, text.slice(0, length).split("\n").length - 2));
      for (let batch = size; batch < 2; batch++) {
        journal.save(batch, Float64Array.of(batch + 0.5, NaN));
      }
      await journal.close();
      assert.equal(await Deno.readTextFile(path), text);
    }
  }));

Deno.test("a journal of nothing is not left behind", () =>
  inTempFolder(async (folder) => {
    await (await SweepJournal.open(`${folder}/out.csv.part`, "a")).close();
    assert.deepEqual([...Deno.readDirSync(folder)], []);
  }));
