import { didYouMean } from "../market/did_you_mean.ts";
import { InputError } from "../market/errors.ts";
import {
  type CcxtExchange,
  type CcxtMarket,
  type CcxtOptions,
  loadVenues,
} from "./ccxt_exchange.ts";
import { decimalNumber } from "./decimal_number.ts";

/** What a venue must be able to do, in ccxt's words. */
export type Ability = "watchTrades" | "fetchOHLCV";

/** Which venue, and ccxt's settings of it. */
export interface Venue {
  /** ccxt's name of it, such as `okx`. */
  venue: string;
  options?: CcxtOptions;
}

/** A venue, opened. Throws an `InputError` if ccxt does not know it, or not how to do what is asked. */
export async function openVenue(
  { venue, options }: Venue,
  ability: Ability,
): Promise<CcxtExchange> {
  const venues = await loadVenues(), names = Object.keys(venues).filter((name) => isVenue(name));
  if (!names.includes(venue)) {
    const meant = didYouMean(venue, names) || `. Known are ${names.join(" ")}`;
    throw new InputError(`Cannot connect to "${venue}": no exchange has this name${meant}`);
  }
  const exchange = new venues[venue]({ newUpdates: true, ...options });
  if (!exchange.has[ability]) {
    const what = ability === "watchTrades" ? "send trades as they happen" : "tell past candles";
    throw new InputError(`Cannot use ${venue}: it does not ${what}`);
  }
  // "0x10" is no price, whatever Number makes of it.
  exchange.number = (text) => decimalNumber(text) ?? NaN;
  const handleErrors = exchange.handleErrors.bind(exchange);
  exchange.handleErrors = (status, ...rest) => {
    exchange.lastStatus = status;
    return handleErrors(status, ...rest);
  };
  return exchange;
}

function isVenue(name: string): boolean {
  return name !== "exchanges" && name !== "Exchange";
}

/**
 * The market of a symbol, once markets are loaded. Throws an `InputError` with the nearest symbol if
 * there is none.
 */
export function findMarket(exchange: CcxtExchange, symbol: string): CcxtMarket {
  const symbols = exchange.symbols ?? [];
  if (symbols.includes(symbol)) return exchange.market(symbol);
  const meant = didYouMean(symbol, symbols);
  throw new InputError(
    `Cannot find ${symbol}: ${exchange.id} has no market of this name${meant || NAMING}`,
  );
}

const NAMING = ". Symbols are written BASE/QUOTE, such as BTC/USDT";

const DECIMAL_PLACES = 2, TICK_SIZE = 4;

/** The decimals of a market's prices; `undefined` if its precision is not told in decimals. */
export function priceDecimals(exchange: CcxtExchange, market: CcxtMarket): number | undefined {
  const precision = decimalNumber(market.precision?.price);
  if (precision === undefined) return undefined;
  if (exchange.precisionMode === DECIMAL_PLACES) return precision;
  if (exchange.precisionMode !== TICK_SIZE || precision <= 0) return undefined;
  for (let decimals = 0; decimals <= 12; decimals++) {
    const ticks = precision * 10 ** decimals;
    if (Math.abs(ticks - Math.round(ticks)) < 1e-9 && Math.round(ticks) > 0) return decimals;
  }
  return undefined;
}
