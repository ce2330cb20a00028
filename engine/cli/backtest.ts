import { Command, Option } from "commander";
import { type AccountSettings, DEFAULT_ACCOUNT } from "../account/settings.ts";
import { readCandlesCsv } from "../market/candles_csv.ts";
import { iso } from "../market/checks.ts";
import { openTime } from "../market/timeframe.ts";
import { summaryText } from "../metrics/summary_text.ts";
import { toJson } from "../metrics/to_json.ts";
import { backtest } from "../research/backtest.ts";
import type { Result } from "../research/result.ts";
import { sellsShort } from "../strategy/strategy.ts";
import { date, jsonObject, numberIn } from "./options.ts";
import { print } from "./output.ts";
import { readStrategyFile } from "./strategy_file.ts";

interface Options {
  candles: string;
  stamp?: "open" | "close";
  params?: Record<string, number | string>;
  fill?: AccountSettings["fill"];
  fee?: number;
  slippage?: number;
  balance?: number;
  from?: number;
  to?: number;
  json?: boolean;
}

/** `backtest STRATEGY.ts|CONFIG.json --candles FILE` */
export function backtestCommand(): Command {
  return new Command()
    .description("Backtest a strategy over a file of candles")
    .argument("<strategy>", "a strategy (STRATEGY.ts) or a promoted config (CONFIG.json)")
    .requiredOption("--candles <file>", "CSV or CSV.gz with time, open, high, low, close, volume")
    .addOption(
      new Option("--stamp <stamp>", "what a column `timestamp` is (default: open; `time` is close)")
        .choices(["open", "close"]),
    )
    .option("--params <json>", `parameter values, such as '{"fast":10,"slow":30}'`, jsonObject)
    .addOption(
      new Option("--fill <fill>", "where decisions fill (default: next-open)")
        .choices(["next-open", "close"]),
    )
    .option("--fee <fraction>", "fee of each side (default: 0.001)", numberIn(0, 0.999))
    .option("--slippage <fraction>", "by how much fills are worse (default: 0)", numberIn(0, 0.999))
    .option("--balance <money>", "cash at the start (default: 10000)", numberIn(1e-9, 1e15))
    .option("--from <date>", "only candles from this UTC date on", date)
    .option("--to <date>", "only candles up to this UTC date", date)
    .option("--json", "print one JSON object instead of a table")
    .addHelpText(
      "after",
      "\nExample:\n  deno task backtest strategies/sma_cross.ts --candles data/sample_candles_1h.csv.gz",
    )
    .action(run);
}

async function run(path: string, options: Options): Promise<void> {
  const { strategy, params, config } = await readStrategyFile(path);
  const { from, to, stamp } = options;
  const candles = await readCandlesCsv(options.candles, {
    from,
    to,
    ...(stamp && { stamp }),
    ...(config && { timeframe: config.market.timeframe }),
  });
  const own = config?.account ?? { ...DEFAULT_ACCOUNT, shorts: sellsShort(strategy) };
  const { fill, fee, slippage, balance } = options;
  const account = { ...own, ...given({ fill, fee, slippage, balance }) };
  const result = backtest(strategy, candles, { params: { ...params, ...options.params }, account });
  print(options.json ? json(result) : text(result));
}

function given<T extends object>(options: T): Partial<T> {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<T>;
}

function json(result: Result): string {
  const { settings, ...summary } = result.summary();
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
    notes: result.notes(),
  });
}

function text(result: Result): string {
  const { candles, parameters, strategy } = result;
  const params = Object.entries(parameters).map(([name, value]) => `${name} ${value}`).join(", ");
  const from = iso(openTime(candles.time[0], candles.timeframe));
  const to = iso(candles.time[candles.length - 1]);
  return [
    `${strategy?.name} (${params}) over ${candles.length} ${candles.timeframe} candles, ${from} to ${to}`,
    summaryText(result.summary()).trimEnd(),
    ...result.notes().map((note) => `Note: ${note}`),
  ].join("\n");
}
