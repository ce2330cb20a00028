import { Command } from "commander";
import { type AccountSettings, DEFAULT_ACCOUNT } from "../account/settings.ts";
import { iso } from "../market/checks.ts";
import { InputError } from "../market/errors.ts";
import { openTime } from "../market/timeframe.ts";
import { summaryText } from "../metrics/summary_text.ts";
import { toJson } from "../metrics/to_json.ts";
import { backtest } from "../research/backtest.ts";
import type { Result } from "../research/result.ts";
import type { Config } from "../strategy/config.ts";
import { sellsShort } from "../strategy/strategy.ts";
import {
  type BacktestCandles,
  backtestCandles,
  CANDLES_ARE,
  stampOption,
} from "./backtest_candles.ts";
import { type ArchiveOptions, withArchive } from "./market_options.ts";
import { date, jsonObject, settingOption } from "./options.ts";
import { print } from "./output.ts";
import { readStrategyFile } from "./strategy_file.ts";

interface Options extends ArchiveOptions {
  candles: string;
  stamp?: "open" | "close";
  params?: Record<string, number | string>;
  fill?: AccountSettings["fill"];
  fee?: number;
  slippage?: number;
  balance?: number;
  from?: number;
  to?: number;
  start?: number;
  all?: boolean;
  json?: boolean;
}

/** `backtest STRATEGY.ts|CONFIG.json --candles FILE` */
export function backtestCommand(): Command {
  const command = new Command().description(
    "Backtest a strategy over candles, of a file or of the archive",
  );
  return withArchive(command)
    .argument("<strategy>", "a strategy (STRATEGY.ts) or a promoted config (CONFIG.json)")
    .requiredOption("--candles <file>", CANDLES_ARE)
    .addOption(stampOption())
    .option("--params <json>", `parameter values, such as '{"fast":10,"slow":30}'`, jsonObject)
    .addOption(settingOption("--fill <fill>", "fill", "where decisions fill"))
    .addOption(settingOption("--fee <fraction>", "fee", "fee of each side"))
    .addOption(settingOption("--slippage <fraction>", "slippage", "by how much fills are worse"))
    .addOption(settingOption("--balance <money>", "balance", "cash at the start"))
    .option("--from <date>", "only candles from this UTC date on: indicators start cold", date)
    .option("--to <date>", "only candles up to this UTC date", date)
    .option(
      "--start <date>",
      "trade from this UTC date on; candles before warm indicators up",
      date,
    )
    .option("--all", "print every metric, not only those that are read first")
    .option("--json", "print one JSON object instead of a table")
    .addHelpText(
      "after",
      "\nExample:\n  deno task backtest strategies/sma_cross.ts --candles data/sample_candles_1h.csv.gz",
    )
    .action(run);
}

async function run(path: string, options: Options): Promise<void> {
  const { strategy, params, config } = await readStrategyFile(path);
  const { candles, notes } = await readCandles(options, config);
  const own = config?.account ?? { ...DEFAULT_ACCOUNT, shorts: sellsShort(strategy) };
  const { fill, fee, slippage, balance } = options;
  const account = { ...own, ...given({ fill, fee, slippage, balance }) };
  const { start } = options, values = { ...params, ...options.params };
  const result = backtest(strategy, candles, { params: values, account, ...given({ start }) });
  print(options.json ? json(result, notes) : text(result, notes, options));
}

/** The candles that are named, of the timeframe that a config trades. */
async function readCandles(options: Options, config?: Config): Promise<BacktestCandles> {
  const { candles: path, archive: root, stamp, from, to } = options;
  const { candles: all, notes } = await backtestCandles(path, { root, ...given({ stamp }) });
  const wanted = config?.market.timeframe;
  if (wanted !== undefined && wanted !== all.timeframe) {
    throw new InputError(
      `${config!.name} trades ${wanted} candles, but ${path} has ${all.timeframe}`,
    );
  }
  const candles = all.between(from ?? -Infinity, to ?? Infinity);
  if (candles.length > 0) return { candles, notes };
  if (all.length === 0) throw new InputError(`${path} has no candles`);
  const first = iso(openTime(all.time[0], all.timeframe)), last = iso(all.time[all.length - 1]);
  throw new InputError(
    `${path} has no candle between --from and --to: it reaches from ${first} to ${last}`,
  );
}

function given<T extends object>(options: T): Partial<T> {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<T>;
}

function json(result: Result, notes: readonly string[]): string {
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
    notes: [...notes, ...result.notes()],
  });
}

function text(result: Result, notes: readonly string[], { all }: Pick<Options, "all">): string {
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
