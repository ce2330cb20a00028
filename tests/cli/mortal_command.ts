/**
 * A command, in a process that sends itself the signal whose name it reads. What is called "deno" may be
 * a script around it, which would not pass a signal on; so it says its own id, too.
 */
import { note } from "../../engine/cli/output.ts";
import { loadCommand } from "../../engine/cli/commands.ts";

async function obey(): Promise<void> {
  for await (const name of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
    Deno.kill(Deno.pid, name as Deno.Signal);
  }
  Deno.exit(1); // whoever started it is gone
}

note(`process ${Deno.pid}`);
obey();

try {
  const [name, ...args] = Deno.args;
  await (await loadCommand(name)).parseAsync(args, { from: "user" });
  Deno.exit(0);
} catch (error) {
  note(error instanceof Error ? error.message : String(error));
  Deno.exit(1);
}
