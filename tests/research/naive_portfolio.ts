import type { Candles } from "../../engine/market/candles.ts";
import type { RandomPortfolio } from "./random_portfolios.ts";
import { CODES } from "./random_portfolios.ts";

/** A trade as the naive portfolio tells it. */
export interface NaiveTrade {
  instrument: string;
  entryTime: number;
  exitTime: number;
  amount: number;
  entryPrice: number;
  exitPrice: number;
}

interface Naive {
  name: string;
  rows: Map<number, { open: number; low: number; close: number; code: number }>;
  closes: number[];
  held: number;
  entry: { time: number; price: number };
  asks: "enter" | "exit" | undefined;
  /** Units to be brought to at the next open. */
  aim: number | undefined;
  entered: number;
  paid: number;
  left: number;
  got: number;
}

/**
 * A portfolio of longs that fill at the next open, written down from what its settings mean: exits,
 * then reductions, entries and additions by priority, then stop losses, hour by hour. No code of the engine's.
 */
export function naivePortfolio({ candles, options }: RandomPortfolio, stopLoss?: number) {
  const { balance, fee, slippage, size } = options.account as Record<string, number>;
  const { portfolio } = options, { maxOpenPositions: most = Infinity, exposureCap } = portfolio;
  const all = served(candles, portfolio.priority ?? []), trades: NaiveTrade[] = [];
  let cash = balance, refused = 0;
  const { rebalance } = portfolio;
  let day: string | undefined;
  /** Whether it is rebalanced at a close: of days, at the first one in each. */
  const isDue = (time: number) => {
    if (rebalance === undefined) return false;
    const before = day;
    day = new Date(time - 1).toISOString().slice(0, 10);
    return rebalance.days === undefined || (before !== undefined && day !== before);
  };
  const last = (one: Naive) => one.closes.at(-1) ?? 0;
  const value = (one: Naive) => one.held * last(one);
  const invested = () => all.reduce((sum, one) => sum + value(one), 0);
  const share = (own: Naive) => {
    if (portfolio.allocation) return portfolio.allocation[own.name];
    if (portfolio.weights !== "inverseVolatility") return 1 / Math.min(all.length, most);
    const risks = all.map((one) => deviation(one.closes, portfolio.window!)).filter((x) => x > 0);
    const risk = deviation(own.closes, portfolio.window!);
    const part = 1 / risk / risks.reduce((sum, x) => sum + 1 / x, 0);
    return Math.min(1, part * Math.max(1, risks.length / most));
  };
  const sell = (one: Naive, amount: number, price: number) => {
    const got = price * (1 - slippage);
    cash += amount * got * (1 - fee);
    one.held -= amount;
    one.left += amount;
    one.got += amount * got;
  };
  const buy = (one: Naive, amount: number, price: number) => {
    cash -= amount * price * (1 + fee);
    one.held += amount;
    one.entered += amount;
    one.paid += amount * price;
  };
  const leave = (one: Naive, price: number, time: number) => {
    sell(one, one.held, price);
    const { name: instrument, entry: { time: entryTime }, entered, paid, left, got } = one;
    const average = { entryPrice: paid / entered, exitPrice: got / left };
    trades.push({ instrument, entryTime, exitTime: time, amount: entered, ...average });
    one.held =
      one.entered =
      one.paid =
      one.left =
      one.got =
        0;
  };
  const enter = (one: Naive, open: number, time: number) => {
    const price = open * (1 + slippage), equity = cash + invested();
    const room = exposureCap === undefined ? Infinity : exposureCap * equity - invested();
    const money = Math.min(share(one) * equity * size, cash, room);
    if (all.filter(({ held }) => held > 0).length >= most || !(money > 1e-9)) return refused++;
    buy(one, money / (price * (1 + fee)), price);
    one.entry = { time, price };
  };
  const buildUp = (one: Naive, open: number) => {
    const price = open * (1 + slippage), equity = cash + invested();
    const room = exposureCap === undefined ? Infinity : exposureCap * equity - invested();
    const most = Math.min(cash, room) / (price * (1 + fee));
    if (most > 1e-9) buy(one, Math.min(one.aim! - one.held, most), price);
    else refused++;
  };
  const times = [...new Set(all.flatMap(({ rows }) => [...rows.keys()]))].sort((a, b) => a - b);
  const equity = times.map((time) => {
    const now = all.filter(({ rows }) => rows.has(time)), openedAt = time - 3_600_000;
    for (const one of now) {
      if (one.asks === "exit") leave(one, one.rows.get(time)!.open, openedAt);
    }
    for (const one of now) {
      const { open } = one.rows.get(time)!;
      if (one.held > one.aim!) sell(one, one.held - one.aim!, open);
    }
    for (const one of now) {
      if (one.asks === "enter") enter(one, one.rows.get(time)!.open, openedAt);
      one.asks = undefined;
    }
    for (const one of now) {
      if (one.held > 0 && one.held < one.aim!) buildUp(one, one.rows.get(time)!.open);
      one.aim = undefined;
    }
    for (const one of now) {
      const { open, low } = one.rows.get(time)!, level = one.entry.price * (1 - (stopLoss ?? 1));
      if (one.held === 0 || stopLoss === undefined || low > level) continue;
      leave(one, Math.min(open, level), open <= level ? openedAt : time);
    }
    for (const one of now) {
      const { close, code } = one.rows.get(time)!;
      one.closes.push(close);
      if (one.held === 0 && code === CODES.enterLong) one.asks = "enter";
      if (one.held > 0 && code === CODES.exitLong) one.asks = "exit";
    }
    if (isDue(time)) {
      const equity = cash + invested();
      for (const one of now) {
        const wanted = share(one) * size * equity;
        const isOff = Math.abs(value(one) - wanted) >
          Math.max(1e-9, rebalance!.threshold ?? 0) * equity;
        if (one.held > 0 && one.asks === undefined && isOff) one.aim = wanted / last(one);
      }
    }
    return cash + invested();
  });
  return { trades, equity, refused };
}

function served(candles: Record<string, Candles>, priority: readonly string[]): Naive[] {
  const rest = Object.keys(candles).filter((name) => !priority.includes(name)).sort();
  return [...priority, ...rest].map((name) => ({
    name,
    rows: new Map(
      candles[name].rows().map(({ time, open, low, close, volume }) =>
        [time, { open, low, close, code: volume }] as const
      ),
    ),
    closes: [],
    held: 0,
    entry: { time: 0, price: 0 },
    asks: undefined,
    aim: undefined,
    entered: 0,
    paid: 0,
    left: 0,
    got: 0,
  }));
}

/** Of the last `window` returns; NaN if there are not as many. */
function deviation(closes: readonly number[], window: number): number {
  if (closes.length <= window) return NaN;
  const returns = closes.slice(-window - 1).flatMap((close, n, all) =>
    n === 0 ? [] : [close / all[n - 1] - 1]
  );
  const mean = returns.reduce((a, b) => a + b) / window;
  return Math.sqrt(returns.reduce((sum, x) => sum + (x - mean) ** 2, 0) / window);
}
