import { Command } from "commander";
import { counted } from "../market/counted.ts";
import { iso } from "../market/time.ts";
import { formatNumber } from "../metrics/format_number.ts";
import { toJson } from "../metrics/to_json.ts";
import type { LedgerRow } from "../ports/trial_ledger.ts";
import { ratioDeviation } from "../research/sweep/counted_trials.ts";
import { trialsFile } from "../storage/trials/file.ts";
import { sqliteLedger } from "../storage/trials/sqlite_ledger.ts";
import { textTable } from "./bot_table.ts";
import { print } from "./output.ts";

/** `trials [--json]` */
export function trialsCommand(): Command {
  return new Command()
    .description("Show how many sets of parameters were tried over each market, by which searches")
    .option("--json", "print a JSON list instead of tables")
    .addHelpText(
      "after",
      `
Every search counts in a ledger, ${trialsFile()}, since the best of many is worth less. LOCKSTEP_TRIALS
names another folder for it. A market is known by its closes, whatever its file is called.

Example:
  deno task trials`,
    )
    .action(run);
}

async function run({ json }: { json?: boolean }): Promise<void> {
  const ledger = sqliteLedger(trialsFile());
  const rows = await ledger.rows(), distinct = await ledger.distinct();
  if (json) return print(toJson(rows));
  if (rows.length === 0) return print("No set has been tried yet. `deno task sweep` tries some.");
  const markets = Map.groupBy(rows, ({ market }) => market);
  const parts = [...markets].map(([market, own]) => marketText(own, distinct.get(market)!));
  print(parts.join("\n\n"));
}

const HEADS = ["strategy", "method", "timeframe", "from", "to", "sets", "independent"];
const FURTHER = ["Sharpe", "deviation", "runs", "last"];

function marketText(rows: readonly LedgerRow[], distinct: number): string {
  const from = Math.min(...rows.map(({ from }) => from));
  const to = Math.max(...rows.map(({ to }) => to));
  const head = `A market between ${iso(from)} and ${iso(to)}: ${counted(distinct)} different sets`;
  return [head, textTable([...HEADS, ...FURTHER], rows.map(cells), 5)].join("\n");
}

function cells(row: LedgerRow): string[] {
  const { strategy, method, timeframe, from, to, sets, independent, ratios, times, at } = row;
  const ratio = (value: number) => formatNumber(value, "ratio");
  return [
    ...[strategy, method, timeframe, iso(from), iso(to), counted(sets)],
    Number.isNaN(independent) ? "—" : counted(Math.round(independent)),
    ...[ratio(ratios.sum / ratios.count), ratio(ratioDeviation(ratios)), counted(times)],
    iso(Math.floor(at / 1_000) * 1_000),
  ];
}
