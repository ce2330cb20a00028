import assert from "node:assert/strict";
import { indexedPng } from "../../../engine/charts/indexed_png.ts";
import type { Cell, MimeBundle, Output } from "../../../engine/cli/jupyter/notebook.ts";
import { notebookDifferences } from "../../../engine/cli/jupyter/notebook_differences.ts";

/** A notebook of one cell that showed something, and one that showed nothing. */
function cellsOf(...outputs: Output[]): Cell[] {
  const cell = { type: "code", source: "", metadata: {} } as const;
  return [{ ...cell, id: "empty", outputs: [] }, { ...cell, id: "a", outputs }];
}

const problem = (before: Output[], after: Output[]) => {
  const found = notebookDifferences(cellsOf(...before), cellsOf(...after));
  assert.deepEqual(notebookDifferences(cellsOf(...before), cellsOf(...before)), []);
  return found.map(({ number, problem }) => `${number}: ${problem}`).join("; ");
};

const shown = (data: MimeBundle): Output => ({ output_type: "display_data", data });
const printed = (name: string, text: string): Output => ({ output_type: "stream", name, text });
const thrown = (evalue: string, traceback: string[]): Output => {
  return { output_type: "error", ename: "Error", evalue, traceback };
};

const grey = (level: number) =>
  indexedPng({ width: 8, height: 8, pixels: new Uint8Array(256).fill(level) }).toBase64();

Deno.test("Every part of an output is compared, and the one that differs is named", () => {
  const html = shown({ "text/html": "<b>1</b>", "text/plain": "1" });
  const other = shown({ "text/html": "<b>2</b>", "text/plain": "1" });
  assert.equal(problem([html], [other]), '2: text/html: line 1 was "<b>1</b>", is "<b>2</b>"');
  const plain = shown({ "text/html": "<b>1</b>", "text/plain": "2" });
  assert.equal(problem([html], [plain]), '2: text/plain: line 1 was "1", is "2"');
  assert.equal(
    problem([printed("stderr", "a\nb\n")], [printed("stderr", "a\nc\n")]),
    '2: stderr: line 2 was "b", is "c"',
  );
  assert.equal(problem([printed("stdout", "a")], [printed("stderr", "a")]), "2: stdout is gone");
  assert.match(
    problem([shown({ "image/png": grey(50) })], [shown({ "image/png": grey(90) })]),
    /^2: image\/png: 64 of 64 pixels differ/,
  );
});

Deno.test("A part or an output that is new or gone is a difference", () => {
  const text = shown({ "text/plain": "1" });
  const both = shown({ "text/plain": "1", "application/json": "1" });
  assert.equal(problem([text], [both]), "2: application/json is new");
  assert.equal(problem([both], [text]), "2: application/json is gone");
  assert.equal(problem([text], [text, text]), "2: had 1 outputs, has 2");
  assert.equal(problem([text, text], [text]), "2: had 2 outputs, has 1");
  assert.equal(problem([], [text]), "2: had 0 outputs, has 1");
});

Deno.test("An error is compared with its traceback", () => {
  const first = thrown("no", ["at a"]);
  assert.equal(
    problem([first], [thrown("yes", ["at a"])]),
    '2: error: line 1 was "Error: no", is "Error: yes"',
  );
  assert.equal(
    problem([first], [thrown("no", ["at b"])]),
    '2: error: line 2 was "at a", is "at b"',
  );
  assert.equal(
    problem([first], [thrown("no", ["at a", "at c"])]),
    '2: error: line 3 was not there, is "at c"',
  );
});
