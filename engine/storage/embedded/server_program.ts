import { StoreError } from "../../ports/store_errors.ts";
import type { ServerAccount } from "./server_account.ts";

/**
 * Runs one of the server's programs and waits for it. The environment is empty but for what is named
 * here, so that a stray PGDATA or locale of the user's shell changes nothing. Throws a `StoreError`
 * with what the program wrote.
 */
export async function runServerProgram(
  program: string,
  args: readonly string[],
  account: ServerAccount | undefined,
): Promise<void> {
  const { success, code, output } = await outcomeOf(program, args, account);
  if (success) return;
  const name = program.slice(program.lastIndexOf("/") + 1);
  throw new StoreError(`The database's ${name} failed (exit code ${code}): ${output}`, { program });
}

async function outcomeOf(
  program: string,
  args: readonly string[],
  account: ServerAccount | undefined,
): Promise<{ success: boolean; code: number; output: string }> {
  const command = new Deno.Command(program, {
    args: [...args],
    cwd: "/",
    clearEnv: true,
    env: { PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    ...account,
  });
  const { success, code, stdout, stderr } = await command.output();
  const text = new TextDecoder();
  return { success, code, output: `${text.decode(stdout)}${text.decode(stderr)}`.trim() };
}
