import { type Graph, liveLock, type Lock } from "./live_lock.ts";
import { ROOT, textOf } from "./project_files.ts";

/** The lock file of all that the project uses. */
export function fullLock(): Lock {
  return JSON.parse(textOf("deno.lock"));
}

/** What the lock file of the commands has to be: the part of `deno.lock` that `main.ts` needs. */
export async function neededLiveLock(): Promise<Lock> {
  const { success, stdout } = await new Deno.Command("deno", {
    args: ["info", "--json", "--frozen", "engine/cli/main.ts"],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
    stderr: "inherit",
  }).output();
  if (!success) throw new Error("deno info failed");
  const graph: Graph = JSON.parse(new TextDecoder().decode(stdout));
  return liveLock(fullLock(), graph);
}

if (import.meta.main) {
  const text = JSON.stringify(await neededLiveLock(), null, 2);
  Deno.writeTextFileSync(new URL("live.lock", ROOT), `${text}\n`);
}
