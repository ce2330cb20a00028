import { marketCaption, strategyCaption } from "../charts/captions.ts";
import { resultNames, sharedCaption } from "../charts/result_names.ts";
import { checkScaling, type Scaling, SCALING_OPTIONS } from "../charts/scaling.ts";
import { checkOptions } from "../market/check_options.ts";
import { InputError } from "../market/errors.ts";
import type { Result } from "../research/result.ts";

/** What a report may be told. */
export interface ReportOptions extends Scaling {
  /** What stands above it instead of the strategy and its market. */
  title?: string;
  /** How several results are called, in their order; by default by what differs between them. */
  names?: readonly string[];
  /**
   * The instrument, such as `BTC/USDT`, or one for each result: it names the units of prices, volume and
   * money.
   */
  symbol?: string | readonly string[];
  /** The exchange, such as `binance`, likewise: with both, the receipt has the hash of a bot's config. */
  exchange?: string | readonly string[];
}

/** What is known of a market; empty texts where it is not. */
export interface Market {
  exchange: string;
  symbol: string;
  /** The currency of the money. */
  quote: string;
}

/** The options with what is left out filled in. */
export interface Settings {
  title: string;
  names: readonly string[];
  /** The market of each result, as far as it is known. */
  markets: readonly Market[];
  scaling: Scaling;
}

/** Checks the options of a report. Throws an `InputError` for what they cannot be. */
export function settleReport(
  results: readonly Result[],
  options: ReportOptions = {},
): Settings {
  checkOptions(options, ["title", "names", "symbol", "exchange", ...SCALING_OPTIONS], "report");
  checkScaling(options);
  const { scale, buyAndHold } = options, count = results.length;
  const symbols = oneEach("symbol", options.symbol, count);
  const exchanges = oneEach("exchange", options.exchange, count);
  const captions = new Set(results.map((result, i) => marketCaption(symbols[i], result)));
  const what = results.length === 1 ? strategyCaption(results[0]) : sharedCaption(results);
  return {
    title: options.title ?? `${what} on ${[...captions].join(", ")}`,
    names: options.names ?? resultNames(results),
    markets: symbols.map((symbol, i) => {
      return { symbol, exchange: exchanges[i], quote: symbol.split("/")[1]?.split(":")[0] ?? "" };
    }),
    scaling: { ...(scale && { scale }), ...(buyAndHold !== undefined && { buyAndHold }) },
  };
}

/** One text for each result. */
function oneEach(name: string, given: string | readonly string[] = "", count: number): string[] {
  const texts: unknown = Array.isArray(given) ? given : Array<unknown>(count).fill(given);
  const isRight = Array.isArray(texts) && texts.length === count &&
    texts.every((text) => typeof text === "string");
  if (isRight) return texts;
  throw new InputError(
    `Cannot report: ${name} must be a text, or a list of one for each of ${count} results`,
  );
}
