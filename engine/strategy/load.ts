import { checkSettings } from "../account/check_settings.ts";
import { checkTogether } from "../account/check_together.ts";
import { InputError } from "../market/errors.ts";
import { contentHash } from "../series/canonical.ts";
import { at } from "../series/read_graph.ts";
import type { ParameterValues } from "../series/scalars.ts";
import { hasEntry } from "./check_built.ts";
import { parseJson } from "./check_json.ts";
import { type Config, configSchema } from "./config.ts";
import { describeIssue } from "./describe_issue.ts";
import { neededInstruments } from "./needed_instruments.ts";
import { checkParameters, parameterValues } from "./parameters.ts";
import { stopValues } from "./stop_values.ts";
import { sellsShort, type Strategy, valuesFor } from "./strategy.ts";
import { readStrategy } from "./strategy_json.ts";

/** A config that was checked throughout, and the strategy in it. */
export interface LoadedConfig {
  config: Config;
  strategy: Strategy;
  parameters: ParameterValues;
  /** Whether it was changed by hand since it was promoted: its receipt speaks of another strategy. */
  edited: boolean;
}

/**
 * Reads a config from its text. Throws an `InputError` that names the file, the JSON path, what was
 * found and what is allowed; every mistake of shape is listed, then the first one of meaning.
 */
export function loadConfig(text: string, file: string): LoadedConfig {
  const json = at(file, () => parseJson(text));
  const parsed = configSchema.safeParse(json, { reportInput: true });
  if (!parsed.success) {
    const problems = parsed.error.issues.flatMap(describeIssue);
    throw new InputError(problems.map((problem) => `${file}: ${problem}`).join("\n"));
  }
  const config = parsed.data;
  return { config, ...at(file, () => understand(config)), edited: isEdited(config) };
}

/** The hash of all that decides what a config does: not its name, nor its receipt. */
export function configHash({ market, strategy, account, risk }: Config): string {
  return contentHash({ market, strategy, account, risk });
}

function understand({ market, strategy: { params, ...json }, account, risk }: Config) {
  checkParameters(json.parameters, "strategy.parameters");
  const values = parameterValues(json.parameters, params, "strategy.params");
  const strategy = readStrategy(json, risk, { values, timeframe: market.timeframe });
  const parameters = valuesFor(strategy, params, "strategy.params");
  stopValues(strategy.stops, parameters, "risk.");
  if (neededInstruments(strategy).includes(market.symbol)) {
    throw new InputError(
      `market.symbol: ${market.symbol} is what strategy.graph reads as another market: ` +
        `instrument() is for others, the market's own series need none`,
    );
  }
  if (!hasEntry(strategy.signals)) {
    throw new InputError(
      "strategy.signals: never trades: give it enterLong, enterShort or both, or exposure",
    );
  }
  if (sellsShort(strategy) && !account.shorts) {
    throw new InputError(
      "account.shorts: false, but strategy.signals has enterShort: a spot account cannot sell short",
    );
  }
  checkSettings(account, {});
  checkTogether(account, strategy);
  return { strategy, parameters };
}

/** Whether a config is not what its receipt was made for: its market, strategy, account or risk. */
export function isEdited(config: Config): boolean {
  return config.receipt !== undefined && config.receipt.contentHash !== configHash(config);
}
