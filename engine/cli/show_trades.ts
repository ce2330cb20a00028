import { Command } from "commander";
import { iso } from "../market/checks.ts";
import { formatNumber } from "../metrics/format_number.ts";
import { toJson } from "../metrics/to_json.ts";
import type { ClosedTrade } from "../account/ledger.ts";
import { textTable } from "./bot_table.ts";
import { openDatabase } from "./database.ts";
import { findBot } from "./find_bot.ts";
import { print } from "./output.ts";

/** `show-trades BOT` */
export function showTradesCommand(): Command {
  return new Command()
    .description("Show the closed trades of a bot")
    .argument("<bot>", "its id, or the beginning of it")
    .option("--json", "print a JSON list instead of a table")
    .addHelpText("after", "\nExample:\n  deno task show-trades sma_cross_1m")
    .action(run);
}

async function run(wanted: string, { json }: { json?: boolean }): Promise<void> {
  const { store, close } = await openDatabase();
  try {
    const { id } = await findBot(store, wanted), trades = await store.trades.ofBot(id);
    if (json) print(toJson(trades));
    else if (trades.length > 0) print(`${id}\n${tradeTable(trades)}`);
    else print(`${id} has closed no trade`);
  } finally {
    await close();
  }
}

function tradeTable(trades: readonly ClosedTrade[]): string {
  const header = ["side", "entry", "exit", "reason", "entry price", "exit price", "amount", "fees"];
  // Of spot there is none.
  const hasFunding = trades.some(({ funding }) => funding !== 0);
  const rows = trades.map((trade) => [
    trade.side,
    iso(trade.entryTime),
    iso(trade.exitTime),
    trade.reason,
    formatNumber(trade.entryPrice, "money"),
    formatNumber(trade.exitPrice, "money"),
    trade.amount.toPrecision(6),
    formatNumber(trade.fees, "money"),
    ...(hasFunding ? [formatNumber(trade.funding, "money")] : []),
    formatNumber(trade.pnl, "money"),
    formatNumber(trade.return, "fraction"),
  ]);
  return textTable([...header, ...(hasFunding ? ["funding"] : []), "pnl", "return"], rows, 4);
}
