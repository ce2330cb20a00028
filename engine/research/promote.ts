import project from "../../deno.json" with { type: "json" };
import { InputError } from "../market/errors.ts";
import { lookedIn } from "../market/looked_in.ts";
import { iso } from "../market/time.ts";
import { openTime } from "../market/timeframe.ts";
import { keyMetrics } from "../metrics/key_metrics.ts";
import { toJson } from "../metrics/to_json.ts";
import type { Config } from "../strategy/config.ts";
import { checkPortable } from "../strategy/check_portable.ts";
import { configHash, loadConfig } from "../strategy/load.ts";
import { writeRisk, writeStrategy } from "../strategy/strategy_json.ts";
import { fingerprint } from "./fingerprint.ts";
import { knownTrials } from "./known_trials.ts";
import { checkPromoteOptions, configFolder, type PromoteOptions } from "./promote_options.ts";
import { PortfolioResult } from "./portfolio_result.ts";
import { Result } from "./result.ts";

export type { PromoteOptions };

/**
 * Writes a backtest's strategy, with the parameters and account that it ran with, as a config that
 * `deno task live` runs, and returns its path. The receipt in it says on what data it did how well, and how many
 * sets of parameters were tried before over that market and span: those of `options.trials`, or more if the ledger
 * of trials knows of more.
 * Throws an `InputError` for options that cannot be, for signals computed by hand, and rather than
 * replace a config that does something else.
 */
export function promote(result: Result, options: PromoteOptions): string {
  if (result instanceof PortfolioResult || (result instanceof Result && result.partOf)) {
    throw new InputError(
      "Cannot promote a portfolio, or an instrument of one: a bot trades one instrument on its own " +
        "cash, so it would not do what this backtest did. Backtest and promote each instrument alone, each with its part of " +
        "the money as balance",
    );
  }
  if (!(result instanceof Result)) {
    throw new InputError("A result is needed first: promote(result, { name, market })");
  }
  checkPromoteOptions(options);
  const known = knownTrials(result), trials = Math.max(options.trials ?? 1, known.trials);
  const config = configOf(result, { ...options, trials }), { folder = configFolder() } = options;
  // They are the basis of a deflated Sharpe ratio if they are of the same trials.
  if (known.independent !== undefined && trials === known.trials) {
    config.receipt!.independentTrials = Math.round(100 * known.independent) / 100;
  }
  const text = `${JSON.stringify(config, null, 2)}\n`, path = `${folder}/${options.name}.json`;
  loadConfig(text, path);
  if (!options.replace) keepOther(path, config);
  writeWhole(path, text);
  return path;
}

/** Writes a file so that it is there whole or not at all. */
function writeWhole(path: string, text: string): void {
  try {
    Deno.writeTextFileSync(`${path}.part`, text);
    Deno.renameSync(`${path}.part`, path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new InputError(`Cannot write ${path}: there is no such folder${lookedIn(path)}`);
  }
}

/** Refuses to replace a config that does something else. */
function keepOther(path: string, config: Config): void {
  let text: string;
  try {
    text = Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw error;
  }
  if (configHash(loadConfig(text, path).config) === configHash(config)) return;
  throw new InputError(
    `${path} holds another strategy or other parameters: choose another name, or give replace: true`,
  );
}

/** The config that `promote` writes. Throws an `InputError` for signals computed by hand. */
export function configOf(
  result: Result,
  { name, market, trials: told = 1 }: PromoteOptions,
): Config {
  const trials = Math.max(told, result.trials);
  const { strategy, parameters, account, seen, candles } = result, base = result.spec?.base;
  if (!strategy) {
    throw new InputError(
      "Cannot promote signals that were computed by hand: a bot must compute them anew at every " +
        "candle, so write them as a strategy",
    );
  }
  if (seen.funding !== undefined) {
    throw new InputError(
      "Cannot promote a result with funding rates of the past: a bot has no way yet to learn the rates of " +
        "the day. Backtest with account.fundingRate, what you expect of them, and promote that",
    );
  }
  checkPortable(strategy);
  const body = {
    market: { ...market, timeframe: result.timeframe, ...(base && { base }) },
    strategy: { ...writeStrategy(strategy), params: { ...parameters } },
    account,
    risk: writeRisk(strategy),
  };
  const metrics = keyMetrics(result.summary());
  const config = {
    $schema: "./config.schema.json",
    name,
    ...body,
    receipt: {
      data: {
        fingerprint: fingerprint(seen),
        from: iso(openTime(seen.time[0], seen.timeframe)),
        start: iso(openTime(candles.time[0], candles.timeframe)),
        to: iso(seen.time[seen.length - 1]),
        candles: seen.length,
        gaps: seen.gaps().length,
      },
      metrics: JSON.parse(toJson(metrics)),
      trials,
      engine: project.version,
      deno: Deno.version.deno,
      contentHash: "",
    },
  } as Config;
  config.receipt!.contentHash = configHash(config);
  return config;
}
