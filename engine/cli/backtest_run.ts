import { type Command, Option } from "commander";
import { type AccountSettings, DEFAULT_ACCOUNT } from "../account/settings.ts";
import { InputError } from "../market/errors.ts";
import { readFundingCsv } from "../market/funding_csv.ts";
import { NotedCandles } from "../market/noted_candles.ts";
import { iso } from "../market/time.ts";
import { openTime, parseTimeframe, type Timeframe } from "../market/timeframe.ts";
import { backtest } from "../research/backtest.ts";
import type { Result } from "../research/result.ts";
import type { Config } from "../strategy/config.ts";
import { mayBeShort } from "../strategy/strategy.ts";
import { backtestCandles, stampOption } from "./backtest_candles.ts";
import { instrumentCandles } from "./instrument_candles.ts";
import { type ArchiveOptions, withArchive } from "./market_options.ts";
import { ACCOUNT_EXAMPLE, accountJson, date, jsonObject, settingOption } from "./options.ts";
import { readStrategyFile, type StrategyFile } from "./strategy_file.ts";

/** What a backtest is told by flags. */
export interface RunOptions extends ArchiveOptions {
  stamp?: "open" | "close";
  params?: Record<string, number | string>;
  /** Settings of the account; those with flags of their own go before. */
  account?: Partial<AccountSettings>;
  fill?: AccountSettings["fill"];
  fee?: number;
  slippage?: number;
  balance?: number;
  from?: number;
  to?: number;
  start?: number;
  /** The strategy's own, where the candles are shorter. */
  timeframe?: Timeframe;
  /** A file of the funding rates of the time, for a perpetual. */
  funding?: string;
  /** Other markets that the strategy reads, each as SYMBOL=CANDLES. */
  instrument?: string[];
}

/** What of it says nothing of parameters. */
export type FixedOptions = Omit<RunOptions, "params">;

/** A backtest that was run, and the config if the strategy came from one. */
export interface RanBacktest {
  result: Result;
  config: Config | undefined;
  /** What has to be said of the candles. */
  notes: readonly string[];
}

const PARAMS = '{"fast":10,"slow":30}';

function paramsOption(): Option {
  return new Option("--params <json>", `parameter values, such as '${PARAMS}'`)
    .argParser(jsonObject(PARAMS));
}

/** Gives a command the flags of a backtest, but for the candles themselves. */
export function withRunOptions(command: Command, params: Option = paramsOption()): Command {
  return withArchive(command)
    .addOption(stampOption())
    .addOption(params)
    .option(
      "--account <json>",
      `settings of the account, such as '${ACCOUNT_EXAMPLE}': \`deno task account\` lists them`,
      accountJson,
    )
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
    .option(
      "--timeframe <timeframe>",
      "the strategy's, where the candles are shorter and fills and stops go by these",
      parseTimeframe,
    )
    .option(
      "--funding <file>",
      "a CSV file of a perpetual's funding rates, with columns time and rate, in the place of fundingRate",
    )
    .option(
      "--instrument <symbol=candles>",
      "another market that the strategy reads, such as ETH/USDT=eth.csv; several times for several",
      (value: string, before: string[] = []) => [...before, value],
    );
}

/** Backtests the strategy of a file over the candles that `named` names. */
export async function runBacktest(
  path: string,
  named: string,
  options: RunOptions,
): Promise<RanBacktest> {
  return await runStrategy(await readStrategyFile(path), named, options);
}

/** The same of a strategy that was read already. */
export async function runStrategy(
  file: StrategyFile,
  named: string,
  options: RunOptions,
): Promise<RanBacktest> {
  const { strategy, params, config } = file, { start } = options;
  const timeframe = timeframeOf(options, config);
  const candles = await readCandles(named, options, config);
  const account = accountOf(file, options);
  const values = { ...params, ...options.params };
  const instruments = await instrumentCandles(strategy, named, options, config);
  const funding = options.funding === undefined ? undefined : await readFundingCsv(options.funding);
  const further = given({ start, timeframe, instruments, funding });
  const result = backtest(strategy, candles, { params: values, account, ...further });
  return { result, config, notes: candles.notes };
}

/** The account of a strategy's file, with what flags say of it. */
export function accountOf(
  { strategy, config }: StrategyFile,
  { account, fill, fee, slippage, balance }: FixedOptions,
): AccountSettings {
  const own = config?.account ?? { ...DEFAULT_ACCOUNT, shorts: mayBeShort(strategy) };
  return { ...own, ...account, ...given({ fill, fee, slippage, balance }) };
}

/** The candles that are named, of the timeframe that a config trades. */
export async function readCandles(
  path: string,
  options: FixedOptions,
  config: Config | undefined,
): Promise<NotedCandles> {
  const { archive: root, stamp, from, to } = options;
  const { candles: all, notes } = await backtestCandles(path, { root, ...given({ stamp }) });
  if (config !== undefined) checkTimeframe(config, all.timeframe, path);
  const candles = all.between(from ?? -Infinity, to ?? Infinity);
  if (candles.length > 0) return new NotedCandles(candles, notes);
  if (all.length === 0) throw new InputError(`${path} has no candles`);
  const first = iso(openTime(all.time[0], all.timeframe)), last = iso(all.time[all.length - 1]);
  throw new InputError(
    `${path} has no candle between --from and --to: it reaches from ${first} to ${last}`,
  );
}

/** The strategy's own timeframe, where one is told. */
export function timeframeOf({ timeframe }: FixedOptions, config?: Config): Timeframe | undefined {
  if (config === undefined || timeframe === undefined) return config?.market.timeframe ?? timeframe;
  throw new InputError(
    `--timeframe is for strategies: ${config.name} is a config, with ${config.market.timeframe}`,
  );
}

function checkTimeframe({ name, market }: Config, found: Timeframe, path: string): void {
  const { timeframe, base = timeframe } = market;
  if (found === base) return;
  const wanted = base === timeframe ? "" : ` that are made of ${base} ones`;
  throw new InputError(`${name} trades ${timeframe} candles${wanted}, but ${path} has ${found}`);
}

/** The options that were given. */
export function given<T extends object>(options: T): Partial<T> {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<T>;
}
