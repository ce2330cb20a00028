import { Command } from "commander";
import { InputError } from "../market/errors.ts";
import { note, print } from "./output.ts";

const FOLDER = "notebooks";

/** The two names of JupyterLab: by itself, and below `jupyter`. */
const LABS: readonly (readonly [string, ...string[]])[] = [["jupyter-lab"], ["jupyter", "lab"]];

const HOW_TO_GET_IT = `There is no JupyterLab on this machine. One way to get it: pipx install ` +
  `jupyterlab, then deno task notebook again.\nOr in VS Code: install its Jupyter extension, open ` +
  `${FOLDER}/01_first_backtest.ipynb and select the kernel "Deno".`;

/** `notebook` */
export function notebookCommand(): Command {
  return new Command()
    .description("Install Deno's kernel for notebooks, and open JupyterLab if there is one")
    .addHelpText("after", "\nExample:\n  deno task notebook")
    .action(run);
}

async function run(): Promise<void> {
  await installKernel();
  for (const [program, ...args] of LABS) {
    if (!(await answers(program, [...args, "--version"]))) continue;
    note("Opening JupyterLab; Ctrl-C ends it");
    const { code } = await new Deno.Command(program, { args: [...args, FOLDER] }).spawn().status;
    if (code !== 0) throw new InputError(`JupyterLab ended with exit code ${code}`);
    return;
  }
  print(HOW_TO_GET_IT);
}

/** Anew each time: a kernel names the Deno that installed it, which may be gone by now. */
async function installKernel(): Promise<void> {
  const { code, stderr } = await new Deno.Command("deno", {
    args: ["jupyter", "--install", "--force"],
    stdout: "null",
  }).output();
  if (code === 0) return note("Deno's kernel is installed");
  throw new InputError(`Cannot install Deno's kernel: ${new TextDecoder().decode(stderr).trim()}`);
}

async function answers(program: string, args: readonly string[]): Promise<boolean> {
  try {
    return (await new Deno.Command(program, { args: [...args] }).output()).success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
