import { basename } from "node:path";
import { InputError } from "../market/errors.ts";
import { iso } from "../market/checks.ts";
import { describeTape, type TapeContent } from "../market/tape.ts";
import type { Config } from "../strategy/config.ts";

/** A tape, and which of its instruments are wanted. */
export interface TapeChoice {
  path: string;
  market?: string;
  symbol?: string;
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
  /** What a venue of this tape is called in the database: its name and part of the tape's hash. */
  venue: (exchange: string) => string;
}

/**
 * Binds configs to the instruments of a tape: all to the one that it has or that was chosen, or each
 * to the one that it names. Throws an `InputError` that lists the instruments otherwise.
 */
export async function bindToTape(configs: readonly Config[], choice: TapeChoice): Promise<Binding> {
  const { contents, fingerprint } = await describeTape(choice.path);
  const { market, symbol } = choice;
  const venue = (exchange: string) => `${exchange}@${fingerprint.slice(0, 8)}`;
  const candidates = contents.filter(({ instrument }) =>
    (market === undefined || instrument.exchange === market) &&
    (symbol === undefined || instrument.symbol === symbol)
  );
  const bound = configs.map((config): BoundConfig => {
    const { instrument, priceDecimals } = contentFor(config, candidates, contents, choice);
    const { exchange, symbol } = instrument;
    const market = { ...config.market, exchange: venue(exchange), symbol };
    return { config: { ...config, market }, decimals: priceDecimals };
  });
  return { bound, venue };
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
    ? `there is no such instrument in ${basename(path)}`
    : `${basename(path)} has several instruments, and ${name} trades none of them ` +
      `(${market.exchange} ${market.symbol})`;
  throw new InputError(`${problem}; choose with --market and --symbol among\n${listing(contents)}`);
}

function listing(contents: readonly TapeContent[]): string {
  return contents.map(({ instrument: { exchange, symbol }, trades, from, to }) =>
    `  --market ${exchange} --symbol ${symbol}   (${trades} trades, ${iso(from)} to ${iso(to)})`
  ).join("\n");
}
