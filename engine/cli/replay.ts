import { basename } from "node:path";
import { InputError } from "../market/errors.ts";
import { describeTape, type TapeContent } from "../market/describe_tape.ts";
import { replayVenue } from "../market/replay_venue.ts";
import type { TapeOptions } from "../market/tape.ts";
import { otherMarkets } from "../strategy/all_markets.ts";
import type { Config } from "../strategy/config.ts";
import { unclearLines } from "./missing_lines.ts";
import { checkTapeOrder } from "./tape_order.ts";

/** A tape, and which of its instruments are wanted. */
export interface TapeChoice {
  path: string;
  market?: string;
  symbol?: string;
  /** Told of a config that reads a market which the tape does not have: it throws, or that one is left out. */
  leaveOut(lack: string): void;
}

/** A config bound to an instrument of the tape. */
export interface BoundConfig {
  config: Config;
  /** Decimals of the instrument's prices. */
  decimals: number | undefined;
}

/** A tape and the configs that are to trade on it. */
export interface Binding {
  bound: BoundConfig[];
  path: string;
  /** What a venue of this tape is called in the database: its name and part of the tape's hash. */
  venue: (exchange: string) => string;
  /** Market and symbol, where the tape does not name its own. */
  names: TapeOptions;
  /** What has to be said of the instruments that are traded. */
  notes: readonly string[];
}

/**
 * Binds configs to the instruments of a tape: all to the one that it has or that was chosen, or each
 * to the one that it names. Throws an `InputError` that lists the instruments otherwise.
 */
export async function bindToTape(configs: readonly Config[], choice: TapeChoice): Promise<Binding> {
  const { path, market, symbol } = choice, names = await missingNames(choice);
  const { contents, fingerprint, backwards } = await describeTape(path, names);
  if (contents.length === 0) throw new InputError(`There is no trade in ${path}`);
  checkTapeOrder(path, backwards);
  const venue = (exchange: string) => replayVenue(exchange, fingerprint);
  const candidates = contents.filter(({ instrument }) =>
    (market === undefined || instrument.exchange === market) &&
    (symbol === undefined || instrument.symbol === symbol)
  );
  const traded = new Set<TapeContent>();
  const bound = configs.flatMap((config): BoundConfig[] => {
    const content = contentFor(config, candidates, contents, choice);
    const { instrument, priceDecimals } = content;
    const { exchange, symbol } = instrument, lack = lackOf(config, exchange, contents, path);
    if (lack !== undefined) {
      choice.leaveOut(lack);
      return [];
    }
    traded.add(content);
    const market = { ...config.market, exchange: venue(exchange), symbol };
    return [{ config: { ...config, market }, decimals: priceDecimals }];
  });
  return { bound, path, venue, names, notes: [...traded].flatMap(unclearLines) };
}

/** What the user calls market and symbol of a tape that has no such columns. */
async function missingNames({ path, market, symbol }: TapeChoice): Promise<TapeOptions> {
  const { contents } = await describeTape(path);
  const has = (name: "exchange" | "symbol", nameless: string) =>
    contents.some(({ instrument }) => instrument[name] !== nameless);
  return {
    ...(!has("exchange", "tape") && { market }),
    ...(!has("symbol", "TAPE") && { symbol }),
  };
}

/** Which other market a config reads that the tape does not have, in words. */
function lackOf(
  config: Config,
  exchange: string,
  contents: readonly TapeContent[],
  path: string,
): string | undefined {
  const has = (symbol: string) =>
    contents.some(({ instrument }) =>
      instrument.exchange === exchange && instrument.symbol === symbol
    );
  const missing = otherMarkets(config).find(({ symbol }) => !has(symbol));
  if (missing === undefined) return undefined;
  const { name } = config, tape = basename(path);
  return `${name} reads ${missing.symbol}, too, of which ${tape} has nothing on ${exchange}`;
}

function contentFor(
  { name, market }: Config,
  candidates: readonly TapeContent[],
  contents: readonly TapeContent[],
  { path }: TapeChoice,
): TapeContent {
  if (candidates.length === 1) return candidates[0];
  const own = candidates.find(({ instrument }) =>
    instrument.exchange === market.exchange && instrument.symbol === market.symbol
  );
  if (own) return own;
  const problem = candidates.length === 0
    ? `${basename(path)} has no such instrument`
    : `${basename(path)} has several instruments, and ${name} trades none of them ` +
      `(${market.exchange} ${market.symbol})`;
  const listed = contents.map(({ instrument: { exchange, symbol } }) => `${exchange} ${symbol}`);
  throw new InputError(
    `Cannot trade on the tape: ${problem}.\nChoose with --market and --symbol among ${
      listed.join(", ")
    }`,
  );
}
