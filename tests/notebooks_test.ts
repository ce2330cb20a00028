import assert from "node:assert/strict";
import { notebookFiles } from "../engine/cli/notebooks.ts";
import { readNotebook } from "../engine/cli/jupyter/notebook.ts";
import { indexedPng } from "../engine/charts/indexed_png.ts";
import { filesIn, ROOT, textOf } from "./house/project_files.ts";
import { tasks } from "./house/tasks.ts";
import { inTempFolder } from "./support/temp_folder.ts";
import { runProcess } from "./support/limited_process.ts";

const notebooks = filesIn("notebooks").filter((path) => path.endsWith(".ipynb"));

/** Runs `deno task notebooks` as the task does, with its permissions and no others. */
async function runNotebooks(
  ...args: string[]
): Promise<{ code: number; out: string; err: string }> {
  const [, ...flags] = tasks().notebooks.split(" ");
  const { code, out, err } = await runProcess("deno", {
    args: [...flags, ...args],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
    limit: 480_000,
  });
  return { code, out, err };
}

Deno.test("Every notebook, executed by Deno's own kernel, shows what is committed", async () => {
  const locked = textOf("deno.lock");
  const { code, out, err } = await runNotebooks("--check");
  assert.equal(err, "");
  assert.equal(out, notebooks.map((path) => `${path}: as it was\n`).join(""));
  assert.equal(code, 0);
  assert.equal(textOf("deno.lock"), locked, "a notebook imports what is not locked");
});

Deno.test("Notebooks are of format 4.5, small, executed to the end, and told apart by their cells", () => {
  assert.ok(notebooks.length >= 3);
  for (const path of notebooks) {
    const text = textOf(path), json = JSON.parse(text);
    assert.ok(text.length < 1_000_000, `${path} has ${text.length} bytes`);
    assert.deepEqual([json.nbformat, json.nbformat_minor], [4, 5]);
    assert.deepEqual(Object.keys(json), ["cells", "metadata", "nbformat", "nbformat_minor"]);
    assert.equal(json.metadata.kernelspec.name, "deno");
    const ids = json.cells.map(({ id }: { id: string }) => id);
    assert.ok(ids.every((id: string) => /^[a-zA-Z0-9_-]{1,64}$/.test(id)), path);
    assert.equal(new Set(ids).size, ids.length, path);
    const code = json.cells.filter((cell: { cell_type: string }) => cell.cell_type === "code");
    const counts = code.map((cell: { execution_count: number }) => cell.execution_count);
    assert.deepEqual(counts, counts.map((_: number, i: number) => i + 1), path);
  }
});

Deno.test("Every output of a notebook has a text form, and its cells are short", () => {
  for (const path of notebooks) {
    for (const { source, outputs } of readNotebook(textOf(path), path)) {
      assert.ok(source.split("\n").length <= 24, `${path}: ${source}`);
      for (const output of outputs) {
        if (!("data" in output)) continue;
        assert.match(output.data["text/plain"], /\S/, path);
        assert.doesNotMatch(output.data["text/html"] ?? "", /<(style|script|svg|link)\b|on\w+=/i);
      }
    }
  }
});

Deno.test("Notebooks are resolved and locked as the project is", () => {
  const { importMap, lock } = JSON.parse(textOf("notebooks/deno.json"));
  assert.deepEqual({ importMap, lock }, { importMap: "../import_map.json", lock: "../deno.lock" });
  // Deno finds overrides in the package.json beside the deno.json only.
  assert.deepEqual(
    JSON.parse(textOf("notebooks/package.json")),
    JSON.parse(textOf("package.json")),
  );
});

/** A picture of 40 × 25 pixels, the first `black` of them black and the others white. */
function picture(black: number): string {
  const pixels = new Uint8Array(4 * 40 * 25).fill(255);
  for (let i = 0; i < black; i++) pixels.set([0, 0, 0, 255], 4 * i);
  return indexedPng({ width: 40, height: 25, pixels }).toBase64();
}

/** A notebook whose cells print, compute, draw and fail. */
function made(black: number): string {
  const draw = `({ [Symbol.for("Jupyter.display")]: () => ({ "image/png": "${
    picture(black)
  }" }) })`;
  const sources = [`console.log("began");\n1_234 + 1`, draw, `throw new TypeError("as meant")`];
  return JSON.stringify({
    cells: sources.map((source, i) => ({
      cell_type: "code",
      id: `made-${i}`,
      metadata: i === 2 ? { tags: ["raises-exception"] } : {},
      source,
      outputs: [],
      execution_count: null,
    })),
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  });
}

/** Writes a made notebook's outputs, changes its file, and checks it. */
async function checked(change: (text: string) => string): Promise<{ code: number; err: string }> {
  let result = { code: 0, err: "" };
  await inTempFolder(async (folder) => {
    const path = `${folder}/made.ipynb`;
    await Deno.writeTextFile(path, made(100));
    assert.deepEqual(await runNotebooks(path), { code: 0, out: `${path}: written\n`, err: "" });
    const text = await Deno.readTextFile(path);
    assert.notEqual(change(text), text);
    await Deno.writeTextFile(path, change(text));
    result = await runNotebooks("--check", path);
    assert.equal(await Deno.readTextFile(path), change(text), "--check wrote the file");
  });
  return result;
}

Deno.test("A changed number, word, picture or error fails the check, and the cell is named", async () => {
  const cases: [from: string, to: string, said: RegExp][] = [
    [`"1235"`, `"1236"`, /made\.ipynb, cell 1 \(.*\): text\/plain: line 1 was "1236", is "1235"/],
    [`"began\\n"`, `"ended\\n"`, /cell 1 .*: stdout: line 1 was "ended", is "began"/],
    [
      `"evalue": "as meant"`,
      `"evalue": "otherwise"`,
      /cell 3 .*: error: line 1 was ".*otherwise", is/,
    ],
    ["throw new", "new", /cell 3 .*tagged raises-exception, but nothing was thrown/],
  ];
  for (const [from, to, message] of cases) {
    const { code, err } = await checked((text) => text.replaceAll(from, to));
    assert.match(err, message);
    assert.equal(code, 1);
  }
  const first = picture(100),
    others = (black: number) => (text: string) =>
      text.replace(`"image/png": "${first}"`, `"image/png": "${picture(black)}"`);
  const { code, err } = await checked(others(103));
  assert.match(err, /cell 2 .*: image\/png: 3 of 1000 pixels differ, 2 are tolerated/);
  assert.equal(code, 1);
  assert.deepEqual((await checked(others(102))).code, 0);
});

Deno.test("Where there are no notebooks, nothing is as it was", async () => {
  await inTempFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/a.json`, "{}");
    const none = { name: "InputError", message: /^There is no notebook in / };
    await assert.rejects(notebookFiles(folder), none);
    await assert.rejects(notebookFiles(`${folder}/nowhere`), none);
  });
  assert.deepEqual(await notebookFiles("notebooks"), notebooks);
});

Deno.test("A cell that fails stops its notebook, which is left as it was", async () => {
  await inTempFolder(async (folder) => {
    const path = `${folder}/made.ipynb`, text = made(1).replace("1_234 + 1", "const = 1");
    await Deno.writeTextFile(path, text);
    const { code, err } = await runNotebooks(path);
    assert.match(err, /made\.ipynb, cell 1 \(console.log\("began"\);\): Error: /);
    assert.match(err, /1 problem in the notebook/);
    assert.equal(code, 1);
    assert.equal(await Deno.readTextFile(path), text);
  });
});
