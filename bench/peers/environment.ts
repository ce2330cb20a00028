import { note } from "../../engine/cli/output.ts";
/** The Python of an environment beside this file, in which the peers are installed once. */
export async function environment(here: string): Promise<string> {
  const python = `${here}env/bin/python`;
  const isThere = await Deno.stat(`${here}env/ready`).then(() => true, () => false);
  if (isThere) return python;
  note("Installing the peers …");
  await run("python3", ["-m", "venv", `${here}env`]);
  await run(python, ["-m", "pip", "install", "--quiet", "-r", `${here}requirements.txt`]);
  await Deno.writeTextFile(`${here}env/ready`, "");
  return python;
}

/** Runs a program to its end, which has to be a good one. */
export async function run(program: string, args: readonly string[]): Promise<void> {
  const { code } = await new Deno.Command(program, {
    args: [...args],
    stdout: "inherit",
    stderr: "inherit",
  }).output();
  if (code !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${code}`);
}
