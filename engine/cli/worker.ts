import { Command } from "commander";
import { systemClock } from "../live/system_clock.ts";
import { engineVersion } from "../search/distributed/engine_version.ts";
import { serve } from "../search/distributed/serve.ts";
import { findData } from "./find_data.ts";
import { type ArchiveOptions, withArchive } from "./market_options.ts";
import { openQueue } from "./open_queue.ts";
import { wholeFrom } from "./options.ts";
import { note } from "./output.ts";
import { stopSignal } from "./stop_signal.ts";

interface Options extends ArchiveOptions {
  workers: number;
  candles: string[];
}

/** `worker --workers 8` */
export function workerCommand(): Command {
  const command = new Command()
    .description("Take part in searches that `sweep --distributed` shares out");
  return withArchive(command)
    .option(
      "--workers <count>",
      "processors that work on them; all unless given",
      wholeFrom(1),
      navigator.hardwareConcurrency,
    )
    .option(
      "--candles <candles>",
      "where candles are that are not in the archive, such as a file; several times for several",
      (name: string, before: string[]) => [...before, name],
      [],
    )
    .addHelpText("after", HELP)
    .action(run);
}

const HELP = `
Searches are found in the Redis of REDIS_URL; without it, in the database of DATABASE_URL or of this
machine. Candles are not sent: they are found by their fingerprint in the archive, in the database, or where
--candles says. It works until it is stopped, and may come, go and die at any time.

Example, on each machine:
  REDIS_URL=redis://host:6379 deno task worker`;

async function run({ workers, candles, archive: root }: Options): Promise<void> {
  const engine = await engineVersion(), { queue, place, close } = await openQueue();
  const signal = stopSignal("the batches under way are done first");
  note(`Takes part in the searches of ${place}, with ${workers} processors`);
  try {
    const name = `${Deno.hostname()}:${Deno.pid}`;
    const find = (data: Parameters<typeof findData>[0]) => findData(data, { root, candles });
    const clock = systemClock;
    await serve({ queue, name, processors: workers, engine, find, clock, note }, signal);
  } finally {
    await close();
  }
}
