import { cellOutputs } from "./cell_outputs.ts";
import { type Kernel, startKernel } from "./kernel.ts";
import type { Cell, Output } from "./notebook.ts";

/** Jupyter's own tag of cells that are meant to fail; others stop the notebook. */
const MAY_FAIL = "raises-exception";

/** A cell that failed though it was not meant to, or did not fail though it was. */
export interface Failure {
  /** Of the cell, from 1 on, as Jupyter counts code and text alike. */
  number: number;
  problem: string;
}

/** What came of a notebook: its cells with their new outputs, as far as it got. */
export interface Executed {
  cells: Cell[];
  failure: Failure | undefined;
}

/** Executes the cells in a kernel of their own, which works in `folder`, up to one that fails. */
export async function executeNotebook(cells: readonly Cell[], folder: string): Promise<Executed> {
  const kernel = await startKernel(folder);
  try {
    return await executeCells(cells, kernel);
  } finally {
    await kernel.stop();
  }
}

async function executeCells(cells: readonly Cell[], kernel: Kernel): Promise<Executed> {
  const done: Cell[] = [];
  for (const cell of cells) {
    if (cell.type !== "code") {
      done.push(cell);
      continue;
    }
    const outputs = cellOutputs(await kernel.execute(cell.source));
    done.push({ ...cell, outputs });
    const problem = problemOf(cell, outputs);
    if (problem) return { cells: done, failure: { number: done.length, problem } };
  }
  return { cells: done, failure: undefined };
}

function problemOf({ metadata }: Cell, outputs: readonly Output[]): string | undefined {
  const mayFail = metadata.tags?.includes(MAY_FAIL) ?? false;
  const error = outputs.find(({ output_type }) => output_type === "error");
  if (error?.output_type === "error" && !mayFail) return `${error.ename}: ${error.evalue}`;
  return mayFail && !error ? `it is tagged ${MAY_FAIL}, but nothing was thrown` : undefined;
}
