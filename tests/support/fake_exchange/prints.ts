import { decimalsOf } from "../../../engine/market/exact.ts";
import type { TapeRow } from "../../../engine/market/tape.ts";
import { type Instrument, instrumentKey, type Trade } from "../../../engine/market/trade.ts";

/** A market of the fake exchange: which of the tape's instruments it sells as which symbol. */
export interface FakeInstrument {
  /** As ccxt names spot markets, such as `BTC/USDT`. */
  symbol: string;
  /** The tape's name for it; by default any instrument of the tape with the same symbol. */
  tape?: Instrument;
}

export interface FakeMarket {
  symbol: string;
  base: string;
  quote: string;
  /** The fewest decimals that write every price and amount of the tape. */
  priceDecimals: number;
  amountDecimals: number;
}

/** What one taker's order did at one price: its fills, in order, with ids that follow each other. */
export interface Print {
  market: FakeMarket;
  /** Counts the prints of a market in the tape's order. */
  number: number;
  trades: readonly Trade[];
  /** The exchange's time at which it becomes public. */
  at: number;
}

/** Markets without decimals of their own get the decimals that most have. */
const USUAL_DECIMALS = 8;

/** The markets with what the tape tells about them. Throws for one that the tape does not hold. */
export function marketsOf(
  instruments: readonly FakeInstrument[],
  rows: readonly TapeRow[],
): Map<FakeInstrument, FakeMarket> {
  return new Map(instruments.map((instrument) => {
    const trades = rows.filter((row) => isOf(row, instrument)).map(({ trade }) => trade);
    const [base, quote] = instrument.symbol.split("/");
    if (!quote) throw new Error(`${instrument.symbol} is no spot market such as BTC/USDT`);
    if (trades.length === 0) throw new Error(`The tape holds no trade of ${instrument.symbol}`);
    const decimals = (values: number[]) => decimalsOf(values) ?? USUAL_DECIMALS;
    const priceDecimals = decimals(trades.map(({ price }) => price));
    const amountDecimals = decimals(trades.map(({ amount }) => amount));
    return [instrument, { symbol: instrument.symbol, base, quote, priceDecimals, amountDecimals }];
  }));
}

function isOf({ instrument }: TapeRow, { symbol, tape }: FakeInstrument): boolean {
  return tape ? instrumentKey(instrument) === instrumentKey(tape) : instrument.symbol === symbol;
}

/**
 * The tape as prints, in its order. A print becomes public when the exchange's clock first reaches
 * the latest timestamp so far: a tape may go back in time, a clock does not.
 */
export function printsOf(
  markets: ReadonlyMap<FakeInstrument, FakeMarket>,
  rows: readonly TapeRow[],
  aggregate: boolean,
): Print[] {
  const names = new Map<Instrument, FakeMarket | undefined>();
  const latest = new Map<FakeMarket, Print & { trades: Trade[] }>(), prints: Print[] = [];
  let clock = -Infinity;
  for (const row of rows) {
    const market = names.getOrInsertComputed(row.instrument, () => {
      return [...markets].find(([instrument]) => isOf(row, instrument))?.[1];
    });
    if (!market) continue;
    clock = Math.max(clock, row.trade.timestamp);
    const last = latest.get(market);
    if (aggregate && last && last.at === clock && isNextFill(last.trades.at(-1)!, row.trade)) {
      last.trades.push(row.trade);
    } else {
      const print = { market, number: (last?.number ?? 0) + 1, trades: [row.trade], at: clock };
      latest.set(market, print);
      prints.push(print);
    }
  }
  return prints;
}

function isNextFill(last: Trade, next: Trade): boolean {
  return last.timestamp === next.timestamp && last.price === next.price &&
    last.side === next.side && BigInt(last.id) + 1n === BigInt(next.id);
}
