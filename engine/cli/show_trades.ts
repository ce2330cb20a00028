import { Command } from "commander";
import { type Refusal, REFUSAL_REASONS } from "../account/ledger.ts";
import { toJson } from "../metrics/to_json.ts";
import type { Store } from "../ports/store.ts";
import { openDatabase } from "./database.ts";
import { fillTable, refusalTable, tradeTable } from "./event_tables.ts";
import { findBot } from "../live/bots/find_bot.ts";
import { print } from "./output.ts";

interface Options {
  fills?: boolean;
  refusals?: boolean;
  json?: boolean;
}

/** `show-trades BOT` */
export function showTradesCommand(): Command {
  return new Command()
    .description("Show the closed trades of a bot, its fills, or what it was refused")
    .argument("<bot>", "its id or the beginning of it, or a config's name: its last run")
    .option("--fills", "every purchase and sale instead")
    .option("--refusals", "the entries and partial exits that were not made instead, and why")
    .option("--json", "print a JSON list instead of a table")
    .addHelpText(
      "after",
      "\nExample:\n  deno task show-trades sma_cross_1m\n  deno task show-trades sma_cross_1m --fills",
    )
    .action(run);
}

async function run(wanted: string, options: Options): Promise<void> {
  const { store, close } = await openDatabase();
  try {
    const { id } = await findBot(store, wanted);
    const { rows, table, none } = await eventsOf(store, id, options);
    if (options.json) return print(toJson(rows));
    print(rows.length > 0 ? `${id}\n${table}` : `${id} ${none}`);
    if (options.fills || options.refusals) return;
    refusedLines(await store.refusals.ofBot(id)).forEach((line) => print(line));
  } finally {
    await close();
  }
}

/** What was asked for: its rows, and how they are shown. */
async function eventsOf(store: Store, id: string, { fills, refusals }: Options) {
  if (fills) {
    const rows = await store.fills.ofBot(id);
    return { rows, table: fillTable(rows), none: "has neither bought nor sold" };
  }
  if (refusals) {
    const rows = await store.refusals.ofBot(id);
    return { rows, table: refusalTable(rows), none: "was refused nothing" };
  }
  const rows = await store.trades.ofBot(id);
  return { rows, table: tradeTable(rows), none: "has closed no trade" };
}

/** A bot that does nothing may be one that is refused. */
function refusedLines(refusals: readonly Refusal[]): string[] {
  if (refusals.length === 0) return [];
  const counts = REFUSAL_REASONS.map((reason) =>
    [reason, refusals.filter((refusal) => refusal.reason === reason).length] as const
  );
  const some = counts.filter(([, count]) => count > 0).map(([reason, count]) =>
    `${reason} ${count}`
  );
  return [`Refused: ${some.join(", ")} (--refusals lists them)`];
}
