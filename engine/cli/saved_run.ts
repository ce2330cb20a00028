import { z } from "zod";
import { InputError } from "../market/errors.ts";
import { openTime } from "../market/timeframe.ts";
import { toJson } from "../metrics/to_json.ts";
import { fingerprint } from "../research/fingerprint.ts";
import { loadConfig } from "../strategy/load.ts";
import { writeRisk, writeStrategy } from "../strategy/strategy_json.ts";
import { type RanBacktest, type RunOptions, runStrategy } from "./backtest_run.ts";

/** What `backtest --json` says of its run: all that it takes to run it again. */
const savedSchema = z.object({
  /** The strategy with the values of its parameters, the account and the stops, as in a config. */
  strategy: z.unknown(),
  account: z.unknown(),
  risk: z.unknown(),
  /** The strategy's own timeframe, where the candles were shorter. */
  timeframe: z.string().optional(),
  market: z.object({ exchange: z.string(), symbol: z.string() }).nullable(),
  candles: z.object({
    /** What `--candles` was. */
    source: z.string(),
    stamp: z.enum(["open", "close"]).optional(),
    timeframe: z.string(),
    /** Open of the first candle and close of the last one, in UTC milliseconds. */
    from: z.number(),
    to: z.number(),
    /** From where on the account acted, if that was told. */
    start: z.number().optional(),
    fingerprint: z.string(),
    /** What `--funding` was. */
    funding: z.string().optional(),
    /** What `--instrument` was. */
    instruments: z.array(z.string()).optional(),
  }),
});

const resultSchema = z.object({
  summary: z.record(z.string(), z.union([z.number(), z.string()])),
  run: savedSchema,
});

export type SavedResult = z.infer<typeof resultSchema>;

/** What is saved of a run, so that `report` can run it again. */
export function savedRun(
  { result, config }: RanBacktest,
  { candles: source, stamp, start, funding, instrument }: RunOptions & { candles: string },
): SavedResult["run"] {
  const { strategy, parameters, account, seen } = result, { timeframe, time } = seen;
  const { exchange, symbol } = config?.market ?? {};
  return {
    strategy: { ...writeStrategy(strategy!), params: { ...parameters } },
    account,
    risk: writeRisk(strategy!),
    ...(result.timeframe !== timeframe && { timeframe: result.timeframe }),
    market: exchange === undefined || symbol === undefined ? null : { exchange, symbol },
    candles: {
      source,
      stamp,
      timeframe,
      from: openTime(time[0], timeframe),
      to: time[time.length - 1],
      start,
      fingerprint: fingerprint(seen),
      ...(funding !== undefined && { funding }),
      ...(instrument && { instruments: instrument }),
    },
  };
}

/** A saved result, if that is what a text is: a config has no `run`. */
export function readSaved(text: string, path: string): SavedResult | undefined {
  const json: unknown = parsed(text);
  if (typeof json !== "object" || json === null || !("summary" in json)) return undefined;
  const { success, data } = resultSchema.safeParse(json);
  if (success) return data;
  if ("contributions" in json) {
    throw new InputError(
      `${path} is of a portfolio, which is not run again: give its strategy, and each of its instruments ` +
        "as --candles SYMBOL=CANDLES",
    );
  }
  throw new InputError(
    `${path} is no result that can be run again: make it anew with deno task backtest … --json`,
  );
}

/** No JSON is no result; whoever reads it as a config says what is wrong with it. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Runs a saved result again, over the candles that it names unless others are given. Throws an
 * `InputError` unless the candles are the same and the metrics come out the same.
 */
export async function runAgain(
  { run, summary }: SavedResult,
  path: string,
  options: RunOptions & { candles?: string },
): Promise<RanBacktest> {
  const { candles: { source, stamp, from, to, start, timeframe, funding, instruments, ...told } } =
    run;
  const clocks = run.timeframe === undefined
    ? { timeframe }
    : { timeframe: run.timeframe, base: timeframe };
  const market = { ...(run.market ?? { exchange: "none", symbol: "none" }), ...clocks };
  const body = {
    name: "result",
    market,
    strategy: run.strategy,
    account: run.account,
    risk: run.risk,
  };
  const { config, strategy, parameters } = loadConfig(JSON.stringify(body), path);
  const named = options.candles ?? source, { archive } = options;
  const when = {
    archive,
    from,
    to,
    ...(stamp && { stamp }),
    ...(start !== undefined && { start }),
    ...(funding !== undefined && { funding }),
    ...(instruments && { instrument: instruments }),
  };
  const ran = await runStrategy({ strategy, params: { ...parameters }, config }, named, when);
  if (fingerprint(ran.result.seen) !== told.fingerprint) {
    throw new InputError(
      `${path} is of other candles than ${named} has from its first to its last`,
    );
  }
  const { settings: _, ...now } = ran.result.summary();
  for (const [name, value] of Object.entries(JSON.parse(toJson(now)))) {
    if (!(name in summary) || summary[name] === value) continue;
    throw new InputError(
      `${path} cannot be run again: its ${name} was ${summary[name]} and is ${value} now`,
    );
  }
  return { ...ran, config: run.market === null ? undefined : config };
}
