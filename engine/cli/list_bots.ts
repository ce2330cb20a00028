import { Command } from "commander";
import { botsThatRun } from "../live/bots/bots_that_run.ts";
import { systemClock } from "../live/system_clock.ts";
import { toJson } from "../metrics/to_json.ts";
import { botResult, botTable } from "./bot_table.ts";
import { openDatabase } from "./database.ts";
import { print } from "./output.ts";

/** `list-bots` */
export function listBotsCommand(): Command {
  return new Command()
    .description("List the bots in the database with what they have done")
    .option("--json", "print a JSON list instead of a table")
    .addHelpText("after", "\nExample:\n  deno task list-bots")
    .action(run);
}

async function run({ json }: { json?: boolean }): Promise<void> {
  const { store, close } = await openDatabase();
  try {
    const bots = await store.bots.list(), open = await store.wishes.open();
    const held = await botsThatRun(store.bots, bots.map(({ id }) => id));
    const seen = { now: systemClock.now(), held, open };
    const results = await Promise.all(bots.map((bot) => botResult(store, bot, seen)));
    if (json) print(toJson(results));
    else if (results.length > 0) print(botTable(results));
    else print("No bots. A replay leaves its bots here with --keep.");
  } finally {
    await close();
  }
}
