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
export const LIGHT_LOCKS = ["files.lock", "live.lock", "queue.lock", "report.lock"] as const;

/** What the commands load by names that are read by no program. */
const LOADED_LATER: LoadedLater = {
  "engine/cli/strategy_file.ts": [
    ...filesIn("strategies").filter((path) => path.endsWith(".ts")),
    "engine/mod.ts", // which a strategy of one's own may import
  ],
  "engine/cli/report.ts": ["engine/charts/echarts.ts", "engine/charts/font_files.ts"],
  "engine/cli/live.ts": ["engine/exchanges/ccxt_exchange.ts"],
  "engine/exchanges/ccxt_exchange.ts": ["engine/exchanges/ccxt.ts"],
};

/** What they load so under some lock files only: of one command, with one of its flags. */
const LATER_WITH: Readonly<Record<string, LoadedLater>> = {
  "queue.lock": { "engine/cli/sweep.ts": ["engine/cli/distributed_sweep.ts"] },
};

/** The commands whose tasks run with a lock file. */
export function commandsOf(lock: string): string[] {
  return Object.keys(COMMANDS).filter((name) => locksOf(name).includes(lock));
}

/** The lock files that a task names, or the tasks that it runs: several where its flags decide. */
function locksOf(task: string): string[] {
  const command = tasks()[task] ?? "", [, named] = /--lock=(\S+)/.exec(command) ?? [];
  if (named) return [named];
  const inner = command.match(/\b(with|run)-[a-z-]+/g) ?? [];
  return [...new Set(inner.flatMap(locksOf))];
}

/** What a lighter lock file has to hold: the packages that its commands load, and no others. */
export function madeLock(lock: string): Lock {
  const files = commandsOf(lock).map((name) => `engine/cli/${COMMANDS[name][0].slice(2)}`);
  const later = { ...LOADED_LATER, ...LATER_WITH[lock] };
  return lightLock(fullLock(), packagesOf(["engine/cli/main.ts", ...files], later));
}

if (import.meta.main) {
  for (const name of LIGHT_LOCKS) {
    // As Deno writes it, so that what differs is easy to see.
    const text = JSON.stringify(madeLock(name), null, 2)
      .replace(/"(os|cpu)": \[\s+("\w+")\s+\]/g, '"$1": [$2]');
    Deno.writeTextFileSync(new URL(name, ROOT), `${text}\n`);
  }
}
