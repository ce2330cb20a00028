import { marketCaption, strategyCaption } from "../charts/captions.ts";
import { resultNames, sharedCaption } from "../charts/result_names.ts";
import { checkScaling, type Scaling, SCALING_OPTIONS } from "../charts/scaling.ts";
import { checkOptions } from "../market/check_options.ts";
import type { Result } from "../research/result.ts";

/** What a report may be told. */
export interface ReportOptions extends Scaling {
  /** What stands above it instead of the strategy and its market. */
  title?: string;
  /** How several results are called, in their order; by default by what differs between them. */
  names?: readonly string[];
  /** The instrument, such as `BTC/USDT`: it names the units of prices, volume and money. */
  symbol?: string;
  /** The exchange, such as `binance`: with both, the receipt has the hash of the bot's config. */
  exchange?: string;
}

/** The options with what is left out filled in. */
export interface Settings {
  title: string;
  names: readonly string[];
  symbol: string;
  exchange: string;
  /** The currency of the money; empty where it is not known. */
  quote: string;
  scaling: Scaling;
}

/** Checks the options of a report. Throws an `InputError` for what they cannot be. */
export function settleReport(
  results: readonly Result[],
  options: ReportOptions = {},
): Settings {
  checkOptions(options, ["title", "names", "symbol", "exchange", ...SCALING_OPTIONS], "report");
  checkScaling(options);
  const { symbol = "", exchange = "", scale, buyAndHold } = options;
  const markets = new Set(results.map(({ candles }) => marketCaption(symbol, candles)));
  const what = results.length === 1 ? strategyCaption(results[0]) : sharedCaption(results);
  return {
    title: options.title ?? `${what} on ${[...markets].join(", ")}`,
    names: options.names ?? resultNames(results),
    symbol,
    exchange,
    quote: symbol.split("/")[1]?.split(":")[0] ?? "",
    scaling: { ...(scale && { scale }), ...(buyAndHold !== undefined && { buyAndHold }) },
  };
}
