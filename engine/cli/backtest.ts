import { Command } from "commander";
import { iso } from "../market/checks.ts";
import { openTime } from "../market/timeframe.ts";
import { summaryText } from "../metrics/summary_text.ts";
import { toJson } from "../metrics/to_json.ts";
import { CANDLES_ARE } from "./backtest_candles.ts";
import { type RanBacktest, runBacktest, type RunOptions, withRunOptions } from "./backtest_run.ts";
import { print } from "./output.ts";
import { savedRun } from "./saved_run.ts";

interface Options extends RunOptions {
  candles: string;
  all?: boolean;
  json?: boolean;
}

/** `backtest STRATEGY.ts|CONFIG.json --candles FILE` */
export function backtestCommand(): Command {
  const command = new Command()
    .description("Backtest a strategy over candles, of a file or of the archive")
    .argument("<strategy>", "a strategy (STRATEGY.ts) or a promoted config (CONFIG.json)")
    .requiredOption("--candles <file>", CANDLES_ARE);
  return withRunOptions(command)
    .option("--all", "print every metric, not only those that are read first")
    .option("--json", "print one JSON object instead of a table; `report` takes it")
    .addHelpText(
      "after",
      "\nExample:\n  deno task backtest strategies/sma_cross.ts --candles data/sample_candles_1h.csv.gz",
    )
    .action(run);
}

async function run(path: string, options: Options): Promise<void> {
  const ran = await runBacktest(path, options.candles, options);
  print(options.json ? json(ran, options) : text(ran, options));
}

function json(ran: RanBacktest, options: Options): string {
  const { result, notes } = ran, { settings, ...summary } = result.summary();
  const { candles, parameters, account, open, counts } = result;
  return toJson({
    summary,
    trades: result.trades.rows,
    openTrade: open ?? null,
    strategy: result.strategy?.name,
    params: parameters,
    account,
    candles: {
      timeframe: candles.timeframe,
      count: candles.length,
      from: openTime(candles.time[0], candles.timeframe),
      to: candles.time[candles.length - 1],
      gaps: candles.gaps(),
    },
    counts,
    settings,
    notes: [...notes, ...result.notes()],
    run: savedRun(ran, options),
  });
}

function text({ result, notes }: RanBacktest, { all }: Pick<Options, "all">): string {
  const { candles, parameters, strategy } = result;
  const params = Object.entries(parameters).map(([name, value]) => `${name} ${value}`).join(", ");
  const from = iso(openTime(candles.time[0], candles.timeframe));
  const to = iso(candles.time[candles.length - 1]);
  return [
    `${strategy?.name} (${params}) over ${candles.length} ${candles.timeframe} candles, ${from} to ${to}`,
    summaryText(result.summary(), { all }).trimEnd(),
    ...[...notes, ...result.notes()].map((note) => `Note: ${note}`),
  ].join("\n");
}
