import { TIMEFRAMES } from "../../market/timeframe.ts";
import type { BotRecord } from "../../ports/bots.ts";

type Config = BotRecord["config"];

/** What stands where a stored config has nothing that could be read. */
const UNREADABLE = "unreadable";

/**
 * A stored config with at least what is looked at of all bots, as in lists: whoever looks at all bots must not stumble over the
 * row of one. What is missing or of another type there is made up, so that it is not the config any more
 * that the bot was started with; and a bot whose config is another is not run.
 */
export function readableConfig(stored: unknown, id: string): Config {
  const config = object(stored);
  const name = text(config.name, id), market = readableMarket(object(config.market));
  const strategy = object(config.strategy), account = object(config.account);
  const { balance } = account, isKnown = typeof balance === "number";
  return {
    ...config,
    name,
    market,
    strategy: {
      ...strategy,
      name: text(strategy.name, UNREADABLE),
      graph: readableGraph(object(strategy.graph)),
    },
    account: { ...account, balance: isKnown ? balance : NaN },
  } as Config;
}

/** A stored run, or one of nothing: no engine runs that. */
export function readableRun(stored: unknown): BotRecord["run"] {
  return object(stored) as unknown as BotRecord["run"];
}

function readableMarket(market: Record<string, unknown>): Config["market"] {
  const { exchange, symbol, timeframe, base } = market;
  const isBase = base === undefined || isTimeframe(base);
  return {
    ...market,
    exchange: text(exchange, UNREADABLE),
    symbol: text(symbol, UNREADABLE),
    timeframe: isTimeframe(timeframe) ? timeframe : "1m",
    ...(!isBase && { base: undefined }),
  } as Config["market"];
}

/** Its nodes that are objects: they may name markets. */
function readableGraph(graph: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(graph).filter(([, node]) => typeof node === "object" && node !== null),
  );
}

function isTimeframe(value: unknown): boolean {
  return TIMEFRAMES.some((timeframe) => timeframe === value);
}

function text(value: unknown, otherwise: string): string {
  return typeof value === "string" && value !== "" ? value : otherwise;
}

function object(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? value as Record<string, unknown>
    : {};
}
