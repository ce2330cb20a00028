import { Command } from "commander";
import { formatNumber } from "../metrics/format_number.ts";
import { METRICS } from "../metrics/metric_table.ts";
import { toJson } from "../metrics/to_json.ts";
import { stress, type StressRow } from "../research/stress/stress.ts";
import { CANDLES_ARE } from "./backtest_candles.ts";
import { runBacktest, type RunOptions, withRunOptions } from "./backtest_run.ts";
import { textTable } from "./bot_table.ts";
import { note, print } from "./output.ts";

interface Options extends RunOptions {
  candles: string;
  json?: boolean;
}

/** `stress STRATEGY.ts|CONFIG.json --candles FILE` */
export function stressCommand(): Command {
  const command = new Command()
    .description(
      "Backtest a strategy once more at twice the fees, three times the slippage, a candle later",
    )
    .argument("<strategy>", "a strategy (STRATEGY.ts) or a promoted config (CONFIG.json)")
    .requiredOption("--candles <candles>", CANDLES_ARE);
  return withRunOptions(command)
    .option("--json", "print one JSON object instead of a table")
    .addHelpText(
      "after",
      `
Where an account's fills are at the price, three times 0.05 % are taken. One candle later is one of the strategy's.

Example:
  deno task stress strategies/sma_cross.ts --candles data/sample_candles_1h.csv.gz`,
    )
    .action(run);
}

async function run(path: string, options: Options): Promise<void> {
  const { result, notes } = await runBacktest(path, options.candles, options);
  for (const line of notes) note(`Note: ${line}`);
  const { rows } = stress(result);
  print(options.json ? toJson({ stress: rows }) : stressText(rows));
}

const NUMBERS = ["totalReturn", "sharpe", "maxDrawdown", "trades", "fees", "slippage"] as const;

function stressText(rows: readonly StressRow[]): string {
  const heads = ["", ...NUMBERS.map((name) => METRICS[name].label)];
  const cells = rows.map((row) => [
    row.name,
    ...NUMBERS.map((name) => formatNumber(row[name], METRICS[name].unit)),
  ]);
  return textTable(heads, cells, 1);
}
