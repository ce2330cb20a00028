import assert from "node:assert/strict";
import { SweepJournal } from "../../engine/cli/sweep_journal.ts";
import { InputError } from "../../engine/market/errors.ts";
import { inTempFolder } from "../support/temp_folder.ts";

const ENGINE = { lockstep: "1.0.0", deno: "2.9.6", code: "ab".repeat(32) };
const HEAD = { sweep: "a", engine: ENGINE };

Deno.test("a journal is one process's at a time, and loses nothing to the other", () =>
  inTempFolder(async (folder) => {
    const path = `${folder}/out.csv.part`, first = await SweepJournal.open(path, HEAD);
    first.save(0, Float64Array.of(1, NaN));
    await assert.rejects(
      SweepJournal.open(path, HEAD),
      new InputError(
        `${path} is being written by another sweep that runs now: name another --out, or wait for it`,
      ),
    );
    first.save(1, Float64Array.of(2, 3));
    await first.close();
    const again = await SweepJournal.open(path, HEAD);
    const expected = [[0, Float64Array.of(1, NaN)], [1, Float64Array.of(2, 3)]];
    assert.deepEqual([...again.numbers], expected);
    again.forget();
    await again.close();
    assert.deepEqual([...Deno.readDirSync(folder)], []);
  }));

Deno.test("a journal goes on behind its last whole line, wherever it was cut", () =>
  inTempFolder(async (folder) => {
    const path = `${folder}/out.csv.part`, whole = await SweepJournal.open(path, HEAD);
    for (const batch of [0, 1]) whole.save(batch, Float64Array.of(batch + 0.5, NaN));
    await whole.close();
    const text = await Deno.readTextFile(path);
    for (let length = 0; length < text.length; length++) {
      await Deno.writeTextFile(path, text.slice(0, length));
      const journal = await SweepJournal.open(path, HEAD), { size } = journal.numbers;
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
    await (await SweepJournal.open(`${folder}/out.csv.part`, HEAD)).close();
    assert.deepEqual([...Deno.readDirSync(folder)], []);
  }));

Deno.test("a journal of another Lockstep is not gone on with, and says what differs", () =>
  inTempFolder(async (folder) => {
    const path = `${folder}/out.csv.part`, first = await SweepJournal.open(path, HEAD);
    first.save(0, Float64Array.of(1, 2));
    await first.close();
    const text = await Deno.readTextFile(path);
    const others: [engine: Partial<typeof ENGINE>, differs: string][] = [
      [{ code: "cd".repeat(32) }, "Lockstep's code is abababab there and cdcdcdcd here"],
      [{ deno: "2.9.7" }, "Deno is 2.9.6 there and 2.9.7 here"],
      [{ lockstep: "1.0.1" }, "Lockstep is 1.0.0 there and 1.0.1 here"],
    ];
    const refused = (differs: string) =>
      new InputError(
        `${path} was begun by another Lockstep, whose numbers may be others: ${differs}. Remove it, ` +
          "which begins anew, or go on with the Lockstep that began it",
      );
    for (const [engine, differs] of others) {
      const head = { ...HEAD, engine: { ...ENGINE, ...engine } };
      await assert.rejects(SweepJournal.open(path, head), refused(differs));
    }
    // As journals were that told nothing of it.
    await Deno.writeTextFile(path, text.replace(/^.*\n/, '{"sweep":"a"}\n'));
    const unknown = refused("Lockstep is unknown there and 1.0.0 here");
    await assert.rejects(SweepJournal.open(path, HEAD), unknown);
  }));
