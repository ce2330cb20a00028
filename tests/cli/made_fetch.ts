/**
 * `fetch` from a made exchange, in a process that kills itself when it is told to, and says on standard
 * error when its first page is there.
 */
import { fetchCommandWith } from "../../engine/cli/fetching.ts";
import { note } from "../../engine/cli/output.ts";
import type { History } from "../../engine/ports/history.ts";
import { madeHistory } from "../storage/archive/made_history.ts";

async function obey(): Promise<void> {
  for await (const name of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
    Deno.kill(Deno.pid, name as Deno.Signal);
  }
  Deno.exit(1); // whoever started it is gone
}

/** Notes when it is asked for the second page: the first one is stored by then, or held. */
function telling(history: History): History {
  return {
    async *candles(...asked) {
      let first = true;
      for await (const page of history.candles(...asked)) {
        yield page;
        if (first) note("begun");
        first = false;
      }
    },
  };
}

obey();

const history = telling(madeHistory({ wait: 2, silent: (open) => open / 60_000 % 97 === 5 }));

try {
  const command = fetchCommandWith(() => history);
  await command.parseAsync(Deno.args, { from: "user" });
  Deno.exit(0);
} catch (error) {
  note(error instanceof Error ? error.message : String(error));
  Deno.exit(1);
}
