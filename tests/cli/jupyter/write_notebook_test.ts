import assert from "node:assert/strict";
import { type Cell, type Output, readNotebook } from "../../../engine/cli/jupyter/notebook.ts";
import { writeNotebook } from "../../../engine/cli/jupyter/write_notebook.ts";
import { filesIn, textOf } from "../../house/project_files.ts";

const PIXEL = "iVBORw0KGgo=";

/** A notebook with what editors keep in it, as an editor of its own mind writes it. */
const written = (outputs: unknown[], count: number | null) => ({
  nbformat_minor: 4,
  nbformat: 4,
  metadata: {
    kernelspec: { name: "deno", display_name: "Deno", language: "typescript" },
    toc: { base_numbering: 1 },
    widgets: { state: [1, 2, 3] },
  },
  cells: [
    {
      cell_type: "markdown",
      source: "A picture: ![](attachment:a.png)",
      attachments: { "a.png": { "image/png": PIXEL } },
      metadata: { slideshow: { slide_type: "slide" } },
    },
    { cell_type: "raw", source: ["left\n", "alone"], metadata: { format: "text/x-rst" } },
    {
      execution_count: count,
      cell_type: "code",
      source: "1 + 1",
      metadata: { scrolled: true },
      outputs,
    },
  ],
});

const two = (count: number) => ({
  data: { "text/plain": ["2"] },
  execution_count: count,
  metadata: {},
  output_type: "execute_result",
});

Deno.test("only outputs change: what editors keep in a notebook stays as and where it was", () => {
  for (const indent of [1, 2, "\t"]) {
    const before = JSON.stringify(written([], null), null, indent);
    const outputs: Output[] = [{ output_type: "execute_result", data: { "text/plain": "2" } }];
    const cells = readNotebook(before, "a.ipynb").map((cell): Cell =>
      cell.type === "code" ? { ...cell, outputs } : cell
    );
    const after = `${JSON.stringify(written([two(1)], 1), null, indent)}\n`;
    assert.equal(writeNotebook(before, cells), after);
    assert.equal(writeNotebook(after, readNotebook(after, "a.ipynb")), after);
  }
});

Deno.test("a committed notebook with its own outputs is that notebook, byte for byte", () => {
  const notebooks = filesIn("notebooks").filter((path) => path.endsWith(".ipynb"));
  assert.ok(notebooks.length >= 3);
  for (const path of notebooks) {
    const text = textOf(path);
    assert.ok(writeNotebook(text, readNotebook(text, path)) === text, path);
  }
});
