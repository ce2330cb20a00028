import fc from "fast-check";
import type { PortfolioSettings } from "../../engine/account/portfolio/settings.ts";
import { Candles } from "../../engine/market/candles.ts";
import type { PortfolioOptions } from "../../engine/research/backtest_portfolio.ts";
import type { Strategy } from "../../engine/strategy/strategy.ts";
import { strategy } from "../../engine/strategy/strategy.ts";

export const HOUR = 3_600_000, START = Date.UTC(2024, 0, 1, 20);

/** A portfolio made by chance. */
export interface RandomPortfolio {
  candles: Record<string, Candles>;
  strategy: Strategy;
  options: PortfolioOptions & { portfolio: PortfolioSettings };
}

const oneOf = <T>(...values: T[]) => fc.constantFrom(...values);

/** What a candle's volume says is to be done: any other number is nothing. */
export const CODES = { enterLong: 6, exitLong: 7, enterShort: 8, exitShort: 9 };

/** A strategy whose signals are the volumes of its candles, so that chance makes them. */
export function coded(stops: object = {}): Strategy {
  return strategy("coded", {}, {
    build: (_, { volume }) => {
      const is = (code: number) => volume.above(code - 0.5).and(volume.below(code + 0.5));
      return {
        enterLong: is(CODES.enterLong),
        exitLong: is(CODES.exitLong),
        enterShort: is(CODES.enterShort),
        exitShort: is(CODES.exitShort),
        ...stops,
      };
    },
  });
}

const move = fc.oneof(
  { arbitrary: fc.integer({ min: -300, max: 300 }), weight: 6 },
  { arbitrary: oneOf(-2_000, 3_000), weight: 1 },
);

const step = fc.record({
  gap: fc.oneof({ arbitrary: fc.constant(0), weight: 3 }, { arbitrary: move, weight: 1 }),
  body: move,
  above: fc.integer({ min: 0, max: 300 }),
  below: fc.integer({ min: 0, max: 300 }),
  missing: oneOf(0, 0, 0, 0, 0, 0, 2),
  volume: fc.integer({ min: 0, max: 9 }).chain((code) => oneOf(code, code, 1)),
});

const series = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 45, size: "max" }),
  begins: oneOf(0, 0, 0, 5, 30),
}).map(({ steps, begins }) => {
  let close = 10_000, time = START + begins * HOUR;
  const rows = steps.map(({ gap, body, above, below, missing, volume }) => {
    const open = Math.max(500, close + gap);
    close = Math.max(500, open + body);
    time += HOUR * (1 + missing);
    return {
      time,
      open: open / 100,
      high: (Math.max(open, close) + above) / 100,
      low: (Math.min(open, close) - below) / 100,
      close: close / 100,
      volume,
      trades: 1,
      kind: "traded" as const,
    };
  });
  return Candles.fromRows("1h", rows, 2);
});

const NAMES = ["BTC", "ETH", "XRP", "ADA"];

const shares = oneOf<PortfolioSettings>(
  {},
  {},
  { weights: "equal" },
  { weights: "inverseVolatility", window: 5 },
  { allocation: { BTC: 0.5, ETH: 0.2, XRP: 0.2, ADA: 0.1 } },
  { allocation: { BTC: 0.5, ETH: 0.2, XRP: 0.9, ADA: 0.1 } },
);

const portfolioSettings = fc.record({
  shares,
  maxOpenPositions: oneOf(undefined, undefined, 1, 2),
  exposureCap: oneOf(undefined, undefined, 0.3, 0.8),
  priority: oneOf(undefined, undefined, ["XRP"], ["ETH", "ADA"]),
  rebalance: oneOf(undefined, undefined, { days: 1 }, { threshold: 0.03 }, {
    days: 1,
    threshold: 0.01,
  }),
});

/** The settings, with what they say of instruments that there are not left out. */
function portfolioOf(
  { shares: { allocation, ...shares }, priority, ...rest }: {
    shares: PortfolioSettings;
    priority?: string[];
  } & PortfolioSettings,
  names: readonly string[],
): PortfolioSettings {
  const known = <T>(entries: [string, T][]) => entries.filter(([name]) => names.includes(name));
  const settings = {
    ...shares,
    ...rest,
    allocation: allocation && Object.fromEntries(known(Object.entries(allocation))),
    priority: priority?.filter((name) => names.includes(name)),
  };
  return Object.fromEntries(
    Object.entries(settings).filter(([, value]) => value !== undefined),
  );
}

const accounts = fc.record({
  balance: oneOf(10_000, 10_000, 300),
  fee: oneOf(0, 0.001, 0.02),
  slippage: oneOf(0, 0.0005, 0.01),
  fill: oneOf("next-open" as const, "close" as const),
  size: oneOf(1, 1, 0.6),
  shorts: oneOf(true, true, false),
  lot: oneOf(0, 0, 0.01, 1),
});

const further = oneOf(
  {},
  {},
  { sizing: "quote" as const, size: 3_000 },
  { sizing: "units" as const, size: 30 },
  { sizing: "risk" as const, size: 0.02 },
  { fixedFee: 2, minNotional: 500 },
  { spread: 0.001, impact: 0.3 },
  { maxDrawdown: 0.1 },
  { dailyLoss: 0.03, maxTradesPerDay: 3 },
  { cooldown: 3, maxLossesInRow: 4 },
);

const stops = oneOf(
  {},
  { stopLoss: 0.02 },
  { stopLoss: 0.03, takeProfit: 0.03 },
  { trailingStop: 0.02, timeStop: 4, stopLoss: 0.5 },
  { limitEntry: 0.005, timeInForce: 3, stopLoss: 0.05 },
  { stopEntry: 0.005, timeInForce: 2, stopLoss: 0.05 },
);

/** Portfolios of all sorts: gaps, other beginnings and ends, shorts, stops, costs, protections. */
export const randomPortfolio: fc.Arbitrary<RandomPortfolio> = fc.record({
  series: fc.array(series, { minLength: 1, maxLength: 4 }),
  portfolio: portfolioSettings,
  account: accounts,
  further,
  stops,
}).map(({ series, portfolio, account, further, stops }) => {
  const names = NAMES.slice(0, series.length), settings = portfolioOf(portfolio, names);
  const hasStop = "stopLoss" in stops, { shorts, ...rest } = account;
  const asked: { sizing?: string } = further;
  const fixed = asked.sizing === "quote" || asked.sizing === "units";
  if (fixed) {
    for (const name of ["weights", "window", "allocation"] as const) delete settings[name];
  }
  const sum = Object.values(settings.allocation ?? {}).reduce((sum, share) => sum + share, 0);
  if (asked.sizing !== undefined || sum > 1) delete settings.rebalance;
  return {
    candles: Object.fromEntries(names.map((name, n) => [name, series[n]])),
    strategy: shorts ? coded(stops) : longOnly(stops),
    options: {
      account: { ...rest, ...(asked.sizing === "risk" && !hasStop ? {} : further) },
      portfolio: settings,
    },
  };
});

/** The same without short sales. */
export function longOnly(stops: object): Strategy {
  return strategy("long_only", {}, {
    build: (_, { volume }) => {
      const is = (code: number) => volume.above(code - 0.5).and(volume.below(code + 0.5));
      return { enterLong: is(CODES.enterLong), exitLong: is(CODES.exitLong), ...stops };
    },
  });
}
