import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { writeCsv } from "../../engine/market/write_csv.ts";
import { synthYear } from "../support/synth.ts";
import { inTempFolder } from "../support/temp_folder.ts";
import { eventually } from "../support/eventually.ts";
import { runCommand, startCommand } from "./command.ts";

const STRATEGY = "strategies/sma_cross.ts", CANDLES = "data/sample_candles_1h.csv.gz";
const SPACE = '{"fast":"5..24","slow":"20..80:1"}';

/** Runs a sweep that may write into the folder of its output. */
function sweep(...flags: string[]) {
  const out = flags[flags.indexOf("--out") + 1], archive = out.slice(0, out.lastIndexOf("/"));
  const args = ["sweep", STRATEGY, "--candles", CANDLES, "--params", SPACE, ...flags];
  return runCommand(args, flags.includes("--out") ? { archive } : {});
}

const cells = (csv: string) => csv.trim().split("\n").map((line) => line.split(","));

Deno.test("a sweep's file has every allowed set once, best first, each with its backtest's numbers", async () => {
  await inTempFolder(async (folder) => {
    const out = `${folder}/sweep.csv`;
    const { code, err } = await sweep("--keep", "all", "--out", out);
    assert.equal(code, 0, err);
    const [head, ...rows] = cells(await Deno.readTextFile(out));
    assert.deepEqual(head, ["fast", "slow", "totalReturn", "sharpe", "maxDrawdown", "trades"]);
    const sets = new Set(rows.map(([fast, slow]) => `${fast} ${slow}`));
    // 20 × 61 pairs without those whose fast window is not below the slow one: 20 to 24 above 20 to 24.
    assert.equal(rows.length, 20 * 61 - 15);
    assert.equal(sets.size, rows.length);
    const sharpes = rows.map(([, , , sharpe]) => Number(sharpe));
    assert(sharpes.every((sharpe, i) => i === 0 || sharpe <= sharpes[i - 1]));
    const [fast, slow, ...numbers] = rows[700].map(Number);
    const params = JSON.stringify({ fast, slow });
    const single = await runCommand(
      ["backtest", STRATEGY, "--candles", CANDLES, "--params", params, "--json"],
    );
    const { totalReturn, sharpe, maxDrawdown, trades } = JSON.parse(single.out).summary;
    [totalReturn, sharpe, maxDrawdown, trades].forEach((expected, i) =>
      assert(Math.abs(numbers[i] - expected) <= 1e-12 * Math.abs(expected), head[i + 2])
    );
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["sweep.csv"]);
  });
});

Deno.test("one processor and several give the same file", async () => {
  await inTempFolder(async (folder) => {
    const files = await Promise.all(["1", "3"].map(async (workers) => {
      const out = `${folder}/${workers}.csv`;
      const { code, err } = await sweep("--workers", workers, "--keep", "all", "--out", out);
      assert.equal(code, 0, err);
      return await Deno.readTextFile(out);
    }));
    assert.equal(files[0], files[1]);
  });
});

Deno.test("a sweep that was killed goes on behind the last whole batch, to the same file", async () => {
  await inTempFolder(async (folder) => {
    const whole = `${folder}/whole.csv`, cut = `${folder}/cut.csv`, flags = ["--keep", "all"];
    await sweep(...flags, "--out", whole);
    const journal = await journalOf(cut, flags);
    assert.equal(journal.length, 4);
    const [head, first, second] = journal;
    // What a kill leaves: whole batches, in any order, and the beginning of a line.
    await Deno.writeTextFile(`${cut}.part`, [head, second, first.slice(0, 300)].join("\n"));
    const { code, err } = await sweep(...flags, "--out", cut);
    assert.equal(code, 0, err);
    assert.match(err, /Going on where it was ended: 1 batches are there/);
    assert.equal(await Deno.readTextFile(cut), await Deno.readTextFile(whole));
  });
});

/** The lines of a sweep's journal: the file is kept by having the output fail when it is written. */
async function journalOf(out: string, flags: readonly string[]): Promise<string[]> {
  await Deno.mkdir(`${out}.new/in the way`, { recursive: true });
  const { code } = await sweep(...flags, "--out", out);
  assert.notEqual(code, 0);
  await Deno.remove(`${out}.new`, { recursive: true });
  return (await Deno.readTextFile(`${out}.part`)).trim().split("\n");
}

Deno.test("a journal of another sweep is not gone on with", async () => {
  await inTempFolder(async (folder) => {
    const out = `${folder}/sweep.csv`;
    await Deno.writeTextFile(`${out}.part`, '{"sweep":"another"}\n');
    const { code, err } = await sweep("--out", out);
    assert.equal(code, 1);
    assert.match(err, /sweep\.csv\.part is of another sweep/);
    assert.equal(await Deno.readTextFile(`${out}.part`), '{"sweep":"another"}\n');
  });
});

Deno.test("a place where no file can be is refused before anything is tried, and nothing is left there", async () => {
  await inTempFolder(async (folder) => {
    for (
      const [out, why] of [
        [`${folder}/none/sweep.csv`, `there is no folder ${folder}/none`],
        [`${folder}/a folder`, "it is a folder. Name a file in it"],
        [`${folder}/a file/sweep.csv`, `there is no folder ${folder}/a file`],
      ]
    ) {
      await Deno.mkdir(`${folder}/a folder`, { recursive: true });
      await Deno.writeTextFile(`${folder}/a file`, "");
      const { code, err } = await sweep("--out", out);
      assert.deepEqual([code, err], [1, `Cannot write ${out}: ${why}\n`]);
      const left = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
      assert.deepEqual(left, ["a file", "a folder"]);
    }
  });
});

Deno.test("a file that is there is not written over, but by the sweep that was ended while it wrote it", async () => {
  await inTempFolder(async (folder) => {
    const out = `${folder}/sweep.csv`, flags = ["--keep", "3"];
    const journal = await journalOf(out, flags);
    await Deno.writeTextFile(out, "fast,slow\n");
    const there = await sweep(...flags, "--out", out);
    assert.equal(there.code, 0, there.err);
    const table = await Deno.readTextFile(out);
    assert.equal(cells(table).length, 4);
    for (const part of [undefined, journal[0]]) {
      if (part !== undefined) await Deno.writeTextFile(`${out}.part`, `${part}\n`);
      const { code, err } = await sweep(...flags, "--out", out);
      const said = "it is there already, and would be lost. Name another --out, or remove it";
      assert.deepEqual([code, err], [1, `Cannot write ${out}: ${said}\n`]);
    }
    assert.equal(await Deno.readTextFile(out), table);
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["sweep.csv"]);
  });
});

const REFUSED: readonly [flags: string[], said: RegExp][] = [
  [["--where", "fast < slo"], /no parameter "slo": did you mean "slow"/],
  [["--where", "fast <"], /Cannot read --where/],
  [["--where", "Deno.exit(1)"], /there is CallExpression in it/],
  [
    ["--where", "fast > slow"],
    /sma_cross allows none of these combinations that your condition \(--where\) leaves/,
  ],
  [["--where", "fast > 99"], /^The condition that you gave \(--where\) allows none of these comb/],
  [
    ["--params", '{"fast":"20..24","slow":"20"}'],
    /^sma_cross allows none of these combinations \(see/,
  ],
  [
    ["--params", '{"fast":"1...5"}'],
    /params\.fast is "1\.\.\.5", which are no numbers to try: it is FROM/,
  ],
  [["--params", '{"fast":"9..5"}'], /"9\.\.5" goes nowhere/],
  [["--params", '{"fast":"0..5"}'], /params\.fast is 0/],
  [["--params", '{"quick":"1..5"}'], /params\.quick: no such parameter/],
  [["--params", "5..9"], /It must be a JSON object/],
  [["--keep", "none"], /It must be a whole number of 1 or more/],
  [
    ["--rank", "luck"],
    /Allowed are totalReturn, sharpe, maxDrawdown, trades, turnover, or several/,
  ],
  [["--rank", "sharpe,sharpe"], /Allowed are .* each once/],
  [["--method", "luck"], /Allowed choices are grid, random, sobol, halving, evolution/],
  [["--method", "sobol"], /--method sobol needs a --count/],
  [["--count", "5"], /--count is for another --method/],
  [["--random", "5", "--method", "sobol", "--count", "5"], /--random is --method random/],
  [["--workers", "0"], /It must be a whole number of 1 or more/],
];

for (const [flags, said] of REFUSED) {
  Deno.test(`sweep refuses ${flags.join(" ")}`, async () => {
    const { code, out, err } = await sweep(...flags);
    assert.equal(code, 1);
    assert.equal(out, "");
    assert.match(err, said);
    assert.doesNotMatch(err, /\bat .*\.ts/);
  });
}

Deno.test("a random sweep tries so many different sets, the same for the same seed", async () => {
  const found = async (seed: string) => {
    const { out } = await sweep("--random", "30", "--seed", seed, "--keep", "all", "--json");
    return JSON.parse(out);
  };
  const [one, again, other] = await Promise.all([found("1"), found("1"), found("2")]);
  assert.equal(one.sets, 30);
  assert.deepEqual(one, again);
  assert.notDeepEqual(one, other);
});

Deno.test("a sweep counts what was tried before over the same market, and `trials` shows it", async () => {
  await inTempFolder(async (trials) => {
    const searched = async (params: string) => {
      const args = ["sweep", STRATEGY, "--candles", CANDLES, "--params", params];
      const { code, out, err } = await runCommand(args, { trials });
      assert.equal(code, 0, err);
      return out;
    };
    assert.equal((await runCommand(["trials"], { trials })).out, NOTHING_TRIED);
    assert.match(await searched('{"fast":"5..9","slow":"20..29"}'), /^Of 50 sets tried, the best/m);
    const line = /^Of 75 sets tried, 25 of them in earlier searches, the best/m;
    assert.match(await searched('{"fast":"5..9","slow":"25..34"}'), line);
    const { out } = await runCommand(["trials"], { trials });
    assert.match(out, /^A market between \S+ and \S+: 75 different sets$/m);
    assert.equal(out.match(/^sma_cross /gm)?.length, 2);
    await Deno.writeTextFile(`${trials}/trials.sqlite`, "no ledger, and too short to be one\n");
    const { code, err } = await runCommand(["trials"], { trials });
    assert.equal(code, 1);
    assert.match(err, /^Cannot use the ledger of trials .*trials\.sqlite: file is not a database/m);
  });
});

const NOTHING_TRIED = "No set has been tried yet. `deno task sweep` tries some.\n";

Deno.test("a sweep by several numbers tells the sets that no other beats, and what they were weighed by", async () => {
  const rank = ["--rank", "totalReturn,maxDrawdown,turnover"];
  const [table, json] = await Promise.all([sweep(...rank), sweep(...rank, "--json")]);
  assert.equal(table.code, 0, table.err);
  const { best, rank: by } = JSON.parse(json.out);
  assert.deepEqual(by, ["totalReturn", "maxDrawdown", "turnover"]);
  const said =
    `The ${best.length} best of 1,205 sets, none beaten in Total return (highest), Max drawdown (shallowest) and Turnover (lowest):`;
  assert.equal(table.out.split("\n")[0], said);
  assert.match(table.out.split("\n")[1], /^fast +slow +Total return .* Turnover$/);
  for (const one of best) {
    const isBeaten = best.some((other: typeof one) =>
      other.totalReturn > one.totalReturn && other.maxDrawdown > one.maxDrawdown &&
      other.turnover < one.turnover
    );
    assert(!isBeaten);
  }
});

Deno.test("a title that several numbers rank says what is so of the sets below it", async () => {
  const space = '{"fast":"5..9","slow":"40"}', rank = ["--rank", "sharpe,turnover"];
  const title = async (...flags: string[]) => {
    const { code, out, err } = await sweep("--params", space, ...rank, ...flags);
    assert.equal(code, 0, err);
    return out.split("\n")[0];
  };
  const [front, all, none] = await Promise.all([
    title(),
    title("--keep", "all"),
    // Of less than a day nothing is traded.
    title("--from", "2024-04-01", "--to", "2024-04-01T06:00:00Z"),
  ]);
  const [, count] =
    /^The (\d) best of 5 sets, none beaten in Sharpe \(highest\) and Turnover \(lowest\):$/.exec(
      front,
    )!;
  const first = count === "1" ? "one that none" : `${count} that none`;
  assert.equal(
    all,
    `The 5 best of 5 sets, first the ${first} beats in Sharpe (highest) and Turnover (lowest), then others by Sharpe, highest first:`,
  );
  assert.equal(none, "The 5 best of 5 sets, none of which has all of Sharpe and Turnover:");
});

Deno.test("of several --where all have to hold", async () => {
  const { out, err } = await sweep("--where", "fast < 8", "--where", "slow < 22", "--json");
  // 5, 6 and 7 before 20 and 21.
  assert.equal(JSON.parse(out).sets, 6, err);
});

Deno.test("a ledger that cannot be used is told before the search, of which nothing is left", async () => {
  await inTempFolder(async (folder) => {
    const out = `${folder}/sweep.csv`, trials = folder;
    const args = ["sweep", STRATEGY, "--candles", CANDLES, "--params", '{"fast":"5..9"}'];
    const run = () => runCommand([...args, "--out", out], { archive: folder, trials });
    await Deno.writeTextFile(`${trials}/trials.sqlite`, "no ledger, and too short to be one\n");
    const refused = await run();
    assert.equal(refused.code, 1);
    assert.match(refused.err, /^Cannot use the ledger of trials .*: file is not a database/);
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["trials.sqlite"]);
  });
});

Deno.test("a sweep by a method tries so many sets, and a file goes on where it was ended", async () => {
  await inTempFolder(async (folder) => {
    const asked = (method: string) => ["--method", method, "--count", "60", "--keep", "all"];
    for (const method of ["sobol", "halving", "evolution"]) {
      const { code, out, err } = await sweep(...asked(method), "--json");
      assert.equal(code, 0, err);
      const { sets, judgement: { tried } } = JSON.parse(out);
      assert.deepEqual([sets, tried], [method === "halving" ? 20 : 60, 60]);
    }
    const whole = `${folder}/whole.csv`, cut = `${folder}/cut.csv`, flags = asked("evolution");
    await sweep(...flags, "--out", whole);
    const lines = await journalOf(cut, flags);
    assert(lines.length >= 4);
    await Deno.writeTextFile(`${cut}.part`, lines.slice(0, 3).join("\n") + "\n");
    const { err } = await sweep(...flags, "--out", cut);
    assert.match(err, /Going on where it was ended: 2 batches are there/);
    assert.equal(await Deno.readTextFile(cut), await Deno.readTextFile(whole));
  });
});

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.test(`a sweep that ${signal} ends counts what it tried, and says what is kept`, async () => {
    await inTempFolder(async (folder) => {
      const large = '{"fast":"2..90","slow":"91..250:1"}', out = `${folder}/sweep.csv`;
      const args = ["sweep", STRATEGY, "--candles", CANDLES, "--params", large, "--workers", "1"];
      const kept = signal === "SIGTERM" ? ["--out", out] : [];
      const running = startCommand([...args, ...kept], { archive: folder, trials: folder });
      await eventually("a tenth", () => / 10 % /.test(running.noted()));
      await running.signal(signal);
      const { code, err } = await running.ended;
      assert.equal(code, 1);
      assert.match(err, /^The sweep was ended before it was through$/m);
      const said = signal === "SIGTERM"
        ? `Stopping: what is done counts, and is kept in ${out}.part`
        : "Stopping: what was tried counts, and is not kept: with --out it would go on from there";
      assert(err.split("\n").includes(said), err);
      const { out: told } = await runCommand(["trials", "--json"], { trials: folder });
      const [{ sets }, ...more] = JSON.parse(told);
      assert.deepEqual(more, []);
      // Whole batches, and not all.
      assert(sets >= 1_424 && sets < 89 * 160 && sets % 500 === 0, `${sets}`);
      const files = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
      assert.deepEqual(
        files,
        [...(signal === "SIGTERM" ? ["sweep.csv.part"] : []), "trials.sqlite"],
      );
    });
  });
}

Deno.test("a sweep that is ended while it is judged has its file, and says what it lacks", async () => {
  await inTempFolder(async (folder) => {
    const out = `${folder}/sweep.csv`, minutes = `${folder}/minutes.csv`;
    const { time, open, high, low, close, volume } = synthYear().slice(0, 200_000);
    const columns = [time.map((close) => close - 60_000), open, high, low, close, volume];
    await writeCsv(
      minutes,
      ["timestamp", "open", "high", "low", "close", "volume"],
      Array.from(time, (_, i) => columns.map((column) => column[i]).join()),
    );
    const params = '{"fast":"2..21","slow":"61..110:1"}', args = ["--workers", "2", "--out", out];
    const running = startCommand(
      ["sweep", STRATEGY, "--candles", minutes, "--params", params, ...args],
      { archive: folder, trials: folder },
    );
    // It is written before it is judged, which takes half a second.
    await eventually("its file", () => existsSync(out));
    await running.signal("SIGINT");
    const { code, out: printed, err } = await running.ended;
    assert.deepEqual([code, printed], [1, ""]);
    assert(err.split("\n").includes(`Stopping: ${out} is written`), err);
    assert.match(err, /^The sweep was ended before it was judged$/m);
    assert.equal(cells(await Deno.readTextFile(out)).length, 1 + 20);
    const files = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
    assert.deepEqual(files, ["minutes.csv", "sweep.csv", "trials.sqlite"]);
  });
});
