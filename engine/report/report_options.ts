import { marketCaption, strategyCaption } from "../charts/captions.ts";
import { portfolioCaption } from "../charts/portfolio_caption.ts";
import { resultNames, sharedCaption } from "../charts/result_names.ts";
import { checkScaling, type Scaling, SCALING_OPTIONS } from "../charts/scaling.ts";
import { checkOptions } from "../market/check_options.ts";
import { InputError } from "../market/errors.ts";
import { PortfolioResult } from "../research/portfolio_result.ts";
import { Result } from "../research/result.ts";

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

/** What is reported: runs over one instrument each, or one portfolio. */
export type Reported = readonly Result[] | readonly [PortfolioResult];

/** Checks the options of a report. Throws an `InputError` for what they cannot be. */
export function settleReport(
  reported: Reported,
  options: ReportOptions = {},
): Settings {
  checkOptions(options, ["title", "names", "symbol", "exchange", ...SCALING_OPTIONS], "report");
  checkScaling(options);
  const { scale, buyAndHold } = options, count = reported.length;
  const symbols = oneEach("symbol", options.symbol, count);
  const exchanges = oneEach("exchange", options.exchange, count);
  const [first] = reported, isWhole = first instanceof PortfolioResult;
  const results = reported.filter((result) => result instanceof Result);
  return {
    title: options.title ??
      (isWhole ? portfolioCaption(first) : resultsCaption(results, symbols)),
    names: options.names ?? (isWhole ? [portfolioCaption(first)] : resultNames(results)),
    markets: symbols.map((symbol, i) => {
      const quote = isWhole && symbol === "" ? sharedQuote(first) : quoteOf(symbol);
      return { symbol, exchange: exchanges[i], quote };
    }),
    scaling: { ...(scale && { scale }), ...(buyAndHold !== undefined && { buyAndHold }) },
  };
}

function resultsCaption(results: readonly Result[], symbols: readonly string[]): string {
  const captions = new Set(results.map((result, i) => marketCaption(symbols[i], result)));
  const what = results.length === 1 ? strategyCaption(results[0]) : sharedCaption(results);
  return `${what} on ${[...captions].join(", ")}`;
}

function quoteOf(symbol: string): string {
  return symbol.split("/")[1]?.split(":")[0] ?? "";
}

/** The currency of a portfolio's money, where the names of its instruments say it. */
function sharedQuote({ instruments }: PortfolioResult): string {
  const quotes = new Set(instruments.map(quoteOf));
  return quotes.size === 1 ? [...quotes][0] : "";
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
