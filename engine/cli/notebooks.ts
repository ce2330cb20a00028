import { Command } from "commander";
import { dirname, join, resolve } from "node:path";
import { InputError } from "../market/errors.ts";
import { lookedIn } from "../market/looked_in.ts";
import { executeNotebook } from "./jupyter/execute_notebook.ts";
import { type Cell, readNotebook } from "./jupyter/notebook.ts";
import { notebookDifferences } from "./jupyter/notebook_differences.ts";
import { writeNotebook } from "./jupyter/write_notebook.ts";
import { note, print } from "./output.ts";
import { readText } from "./read_text.ts";

const FOLDER = "notebooks";

/** `notebooks [FILE…] [--check]` */
export function notebooksCommand(): Command {
  return new Command()
    .description("Execute notebooks with Deno's kernel and write their outputs anew")
    .argument("[file...]", `notebooks; all in ${FOLDER}/ unless some are named`)
    .option("--check", "write nothing; fail if a number, table or picture is another one now")
    .addHelpText(
      "after",
      "\nExample:\n  deno task notebooks --check notebooks/01_first_backtest.ipynb",
    )
    .action(run);
}

async function run(paths: string[], { check = false }: { check?: boolean }): Promise<void> {
  const files = paths.length > 0 ? paths : await notebookFiles();
  const problems: string[] = [];
  for (const path of files) {
    const found = await executed(path, check);
    for (const problem of found) note(problem);
    problems.push(...found);
    const [done, wrong] = check ? ["as it was", "not as it was"] : ["written", "not written"];
    print(`${path}: ${found.length === 0 ? done : wrong}`);
  }
  if (problems.length === 0) return;
  const many = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  throw new InputError(`${many} in ${files.length === 1 ? "the notebook" : "the notebooks"}`);
}

/** Executes a notebook and, if it is not only to be checked, writes it; returns what is wrong. */
async function executed(path: string, check: boolean): Promise<string[]> {
  const text = await readText(path), before = readNotebook(text, path);
  const { cells, failure } = await executeNotebook(before, dirname(resolve(path)));
  const place = (number: number) => `${path}, cell ${number} (${firstLine(before[number - 1])})`;
  const problems = check
    ? notebookDifferences(before.slice(0, cells.length), cells)
      .filter(({ number }) => number !== failure?.number)
    : [];
  const said = [...problems, ...(failure ? [failure] : [])]
    .map(({ number, problem }) => `${place(number)}: ${problem}`);
  const after = writeNotebook(text, cells);
  if (!check && !failure && after !== text) await Deno.writeTextFile(path, after);
  return said;
}

function firstLine({ source }: Cell): string {
  return source.trimStart().split("\n")[0];
}

/** The notebooks in a folder. Throws an `InputError` if there are none: nothing would be checked. */
export async function notebookFiles(folder = FOLDER): Promise<string[]> {
  const files: string[] = [];
  try {
    for await (const { name } of Deno.readDir(folder)) {
      if (name.endsWith(".ipynb")) files.push(join(folder, name));
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  if (files.length > 0) return files.sort();
  throw new InputError(`There is no notebook in ${folder}${lookedIn(folder)}`);
}
