import type { Command } from "commander";
import { tableDisplay } from "../charts/display/table_display.ts";
import { madeCaption } from "../charts/captions.ts";
import { portfolioCaption } from "../charts/portfolio_caption.ts";
import type { PortfolioSettings } from "../account/portfolio/settings.ts";
import type { Candles } from "../market/candles.ts";
import { InputError } from "../market/errors.ts";
import { iso } from "../market/time.ts";
import { openTime } from "../market/timeframe.ts";
import { summaryText } from "../metrics/summary_text.ts";
import { toJson } from "../metrics/to_json.ts";
import { backtestPortfolio } from "../research/backtest_portfolio.ts";
import type { PortfolioResult } from "../research/portfolio_result.ts";
import { accountOf, given, readCandles, type RunOptions, timeframeOf } from "./backtest_run.ts";
import { jsonObject } from "./options.ts";
import { readStrategyFile } from "./strategy_file.ts";

/** What a backtest of a portfolio is told by flags. */
export interface PortfolioRunOptions extends RunOptions {
  portfolio?: PortfolioSettings;
  all?: boolean;
  json?: boolean;
}

/** Whether what `--candles` names are several instruments, or one by its symbol. */
export async function namesInstruments(named: readonly string[]): Promise<boolean> {
  if (named.length > 1) return true;
  return SYMBOL_AND_FILE.test(named[0]) && !await Deno.stat(named[0]).catch(() => undefined);
}

/** `BTC/USDT=FILE`: the symbol has no `=`. */
const SYMBOL_AND_FILE = /^([^=]+)=(.+)$/;

/** A backtest of a portfolio that was run. */
export interface RanPortfolio {
  result: PortfolioResult;
  /** What has to be said of the candles. */
  notes: readonly string[];
}

/** The flag that says how instruments share the account. */
export function withPortfolio(command: Command): Command {
  return command.option(
    "--portfolio <json>",
    `how they share it, such as '${PORTFOLIO}'`,
    jsonObject(PORTFOLIO),
  );
}

const PORTFOLIO = '{"maxOpenPositions":2,"weights":"inverseVolatility"}';

/** Gathers a flag that may be given several times. */
export function several(value: string, before: string[] = []): string[] {
  return [...before, value];
}

/** Backtests the strategy of a file over several instruments. */
export async function runPortfolio(
  path: string,
  named: readonly string[],
  options: PortfolioRunOptions,
): Promise<RanPortfolio> {
  const file = await readStrategyFile(path), { strategy, params, config } = file;
  const timeframe = timeframeOf(options, config);
  if (options.funding !== undefined) {
    throw new InputError("--funding is of one perpetual: a portfolio takes account.fundingRate");
  }
  if (options.instrument !== undefined) {
    throw new InputError("--instrument is for one market: those of a portfolio read each other");
  }
  const candles: Record<string, Candles> = {}, notes: string[] = [];
  for (const each of named) {
    const [, symbol, source] = each.match(SYMBOL_AND_FILE) ?? [];
    if (symbol === undefined) {
      throw new InputError(
        `--candles ${each} names no instrument: of several, each is SYMBOL=FILE, such as BTC/USDT=${each}`,
      );
    }
    if (Object.hasOwn(candles, symbol)) throw new InputError(`--candles names ${symbol} twice`);
    const read = await readCandles(source, options, config);
    candles[symbol] = read;
    notes.push(...read.notes.map((note) => `${symbol}: ${note}`));
  }
  const { start, portfolio } = options;
  const result = backtestPortfolio(strategy, candles, {
    params: { ...params, ...options.params },
    account: accountOf(file, options),
    ...given({ start, portfolio, timeframe }),
  });
  return { result, notes };
}

/** What is printed of one: a table, or JSON. */
export function portfolioText(
  { result, notes }: RanPortfolio,
  options: PortfolioRunOptions,
): string {
  const all = [...notes, ...result.notes()];
  return options.json ? json(result, all) : text(result, all, options);
}

function json(result: PortfolioResult, notes: readonly string[]): string {
  const { settings, ...summary } = result.summary(), { spec, seen } = result;
  return toJson({
    summary,
    contributions: result.contributions.rows,
    trades: result.trades.rows,
    openTrades: result.open.rows,
    strategy: spec.instruments[0].run.strategy.name,
    params: spec.instruments[0].run.parameters,
    timeframe: result.timeframe,
    account: result.account,
    portfolio: result.portfolio,
    candles: Object.fromEntries(result.instruments.map((name) => [name, spanOf(seen[name])])),
    settings,
    notes,
  });
}

function spanOf(candles: Candles) {
  const { timeframe, length, time } = candles;
  const from = openTime(time[0], timeframe), to = time[length - 1];
  return { timeframe, count: length, from, to, gaps: candles.gaps() };
}

function text(
  result: PortfolioResult,
  notes: readonly string[],
  { all }: Pick<PortfolioRunOptions, "all">,
): string {
  const { rows, rows: { time, timeframe, length } } = result.performance;
  const made = madeCaption({ timeframe: result.timeframe, candles: rows });
  const from = iso(openTime(time[0], timeframe)), to = iso(time[length - 1]);
  return [
    `${portfolioCaption(result)}, over ${length} ${timeframe} candles${made}, ${from} to ${to}`,
    summaryText(result.summary(), { all }).trimEnd(),
    tableDisplay(result.contributions)["text/plain"],
    ...notes.map((note) => `Note: ${note}`),
  ].join("\n");
}
