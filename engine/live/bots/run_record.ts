import { createHash } from "node:crypto";
import type { AccountSettings } from "../../account/settings.ts";
import { InputError } from "../../market/errors.ts";
import type { NewBot, RunRecord } from "../../ports/bots.ts";
import { Run, RUN_VERSION, type RunSpec } from "../../run/run.ts";
import type { Config } from "../../strategy/config.ts";
import { configHash, loadConfig } from "../../strategy/load.ts";

/**
 * Exchanges make ticks finer now and then. Sums are the same in finer ticks, so that a bot that counts
 * in these from the beginning goes on.
 */
const SPARE_DECIMALS = 2;

/**
 * A bot to be: its id tells its config and run, so that an edited config is another bot. `decimals` are
 * those in which the instrument is quoted now.
 */
export function newBot(
  config: Config,
  run: Omit<RunRecord, "configHash" | "version">,
): NewBot {
  const decimals = run.decimals === null ? null : run.decimals + SPARE_DECIMALS;
  const record = { ...run, configHash: configHash(config), version: RUN_VERSION, decimals };
  return { id: idOf(config, record), config, run: record };
}

function idOf({ name }: Config, { configHash, version, decimals, ...run }: RunRecord): string {
  const { anchor, start, front, fronts = {} } = run, isExact = decimals !== null;
  const others = Object.keys(fronts).sort().flatMap((symbol) => [symbol, fronts[symbol]]);
  const all = [configHash, version, isExact, anchor, start, ...front === undefined ? [] : [front]];
  all.push(...others);
  const hash = createHash("sha256").update(all.join(" ")).digest("hex");
  return `${name}-${hash.slice(0, 8)}`;
}

/** Whether a bot's id is that of its run: nobody has changed how it began. */
export function isIdOf({ id, config, run }: NewBot): boolean {
  return id === idOf(config, run);
}

/** Whether a bot's config is the one that it was made with; what is no config at all is not. */
export function isConfigOf({ config, run }: NewBot): boolean {
  try {
    return run.configHash === configHash(config);
  } catch {
    return false;
  }
}

/** The spec of a stored bot's run. Throws an `InputError` if this engine cannot run it. */
export function runSpec(bot: NewBot): RunSpec {
  const { id, config, run: record } = bot;
  if (!isConfigOf(bot)) {
    throw new InputError(`bot ${id}: its config is not the one that it was started with`);
  }
  if (record.version !== RUN_VERSION) {
    throw new InputError(
      `bot ${id}: it ran under version ${record.version} of the engine's account, but this is version ` +
        `${RUN_VERSION}, with other numbers: start it anew`,
    );
  }
  const loaded = loadConfig(JSON.stringify(config), `bot ${id}`);
  return {
    strategy: loaded.strategy,
    parameters: loaded.parameters,
    account: loaded.config.account as AccountSettings,
    timeframe: loaded.config.market.timeframe,
    base: loaded.config.market.base,
    decimals: record.decimals ?? undefined,
    start: record.start,
    chunk: LIVE_CHUNK,
  };
}

/** Rows that a bot decides in one transaction at most, when it has some to catch up with. */
export const LIVE_CHUNK = 512;

/** A run of a stored bot, as it begins. */
export function newRun(record: NewBot): Run {
  return new Run(runSpec(record));
}
