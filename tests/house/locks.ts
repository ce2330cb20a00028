import { COMMANDS } from "../../engine/cli/commands.ts";
import { lightLock, type Lock } from "./light_lock.ts";
import { type LoadedLater, packagesOf } from "./packages_of.ts";
import { filesIn, ROOT, textOf } from "./project_files.ts";
import { tasks } from "./tasks.ts";

/** The lock file of all that the project uses. */
export function fullLock(): Lock {
  return JSON.parse(textOf("deno.lock"));
}

/** The lighter lock files. */
export const LIGHT_LOCKS = ["files.lock", "live.lock", "report.lock"] as const;

/** What the commands load by names that are read by no program. */
const LOADED_LATER: LoadedLater = {
  "engine/cli/strategy_file.ts": filesIn("strategies").filter((path) => path.endsWith(".ts")),
  "engine/cli/report.ts": ["engine/charts/echarts.ts", "engine/charts/font_files.ts"],
  "engine/cli/live.ts": ["engine/exchanges/ccxt_exchange.ts"],
  "engine/exchanges/ccxt_exchange.ts": ["engine/exchanges/ccxt.ts"],
};

/** The commands whose tasks run with a lock file. */
export function commandsOf(lock: string): string[] {
  return Object.keys(COMMANDS).filter((name) => lockOf(name) === lock);
}

/** The lock file that a task names, or the task that it runs. */
function lockOf(task: string): string | undefined {
  const command = tasks()[task] ?? "", [, named] = /--lock=(\S+)/.exec(command) ?? [];
  if (named) return named;
  const inner = command.match(/\b(with|run)-[a-z-]+/g) ?? [];
  return inner.map(lockOf).find((lock) => lock !== undefined);
}

/** What a lighter lock file has to hold: the packages that its commands load, and no others. */
export function madeLock(lock: string): Lock {
  const files = commandsOf(lock).map((name) => `engine/cli/${COMMANDS[name][0].slice(2)}`);
  return lightLock(fullLock(), packagesOf(["engine/cli/main.ts", ...files], LOADED_LATER));
}

if (import.meta.main) {
  for (const name of LIGHT_LOCKS) {
    // As Deno writes it, so that what differs is easy to see.
    const text = JSON.stringify(madeLock(name), null, 2)
      .replace(/"(os|cpu)": \[\s+("\w+")\s+\]/g, '"$1": [$2]');
    Deno.writeTextFileSync(new URL(name, ROOT), `${text}\n`);
  }
}
