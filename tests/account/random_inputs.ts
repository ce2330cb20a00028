import fc from "fast-check";
import { type AccountSettings, DEFAULT_ACCOUNT } from "../../engine/account/settings.ts";
import { type SignalName, SIGNALS } from "../../engine/account/signals.ts";
import { type Intervention, INTERVENTIONS } from "../../engine/account/interventions.ts";
import { Candles } from "../../engine/market/candles.ts";
import { openTime } from "../../engine/market/timeframe.ts";
import type { AccountInput } from "../support/account_run.ts";
import type { StopName } from "../../engine/account/stop_rules.ts";
import type { NaiveRow } from "./naive_row.ts";

const HOUR = 3_600_000, START = Date.UTC(2024, 0, 1), TICKS = 100;

/** Settings and stops as an account takes them, with candles and signals. */
export interface RandomInput extends AccountInput {
  settings: AccountSettings;
  stops: NonNullable<AccountInput["stops"]>;
}

interface Step {
  gap: number;
  body: number;
  above: number;
  below: number;
  missing: number;
  signals: number[];
  /** What an entry takes, where the strategy says it. */
  size: number;
}

const oneOf = <T>(...values: T[]) => fc.constantFrom(...values);

/** Mostly no signal; sometimes true, sometimes unknown. */
const signal = oneOf(0, 0, 0, 0, 1, 1, NaN);

const calm = fc.integer({ min: -400, max: 400 });

/** Prices move in ticks; most candles open where the last one closed, a few far away. */
const step: fc.Arbitrary<Step> = fc.record({
  gap: fc.oneof(
    { arbitrary: fc.constant(0), weight: 6 },
    { arbitrary: calm, weight: 3 },
    { arbitrary: oneOf(-4_000, -1_500, 2_000, 12_000), weight: 1 },
  ),
  body: fc.oneof(
    { arbitrary: calm, weight: 5 },
    { arbitrary: fc.constant(0), weight: 1 },
    { arbitrary: fc.integer({ min: -3_000, max: 3_000 }), weight: 1 },
  ),
  above: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 900 })),
  below: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 900 })),
  missing: oneOf(0, 0, 0, 0, 0, 0, 0, 3),
  signals: fc.array(signal, { minLength: 6, maxLength: 6 }),
  size: oneOf(-1, -1, -1, -1, 0.3, 2, NaN),
});

/** Mostly a fraction of equity; else what `sizing` says. */
const sizes = oneOf(
  undefined,
  undefined,
  undefined,
  { sizing: "quote" as const, size: 4_000 },
  { sizing: "units" as const, size: 40 },
  { sizing: "risk" as const, size: 0.01 },
  { sizing: "volatility" as const, size: 0.004 },
);

const plainSettings = fc.record({
  balance: oneOf(10_000, 10_000, 120, 0.3),
  fee: oneOf(0, 0.001, 0.001, 0.03),
  slippage: oneOf(0, 0, 0.0005, 0.02),
  fill: oneOf("next-open" as const, "close" as const),
  size: oneOf(1, 1, 0.5, 0.1),
  shorts: oneOf(true, true, false),
  lot: oneOf(0, 0, 1, 0.3, 0.1, 0.00001),
});

/** Costs, sizes and protections that most accounts do without. */
const furtherSettings = fc.record({
  makerFee: oneOf(undefined, undefined, 0, 0.0004),
  fixedFee: oneOf(0, 0, 0, 1, 40),
  spread: oneOf(0, 0, 0, 0.0006),
  impact: oneOf(0, 0, 0, 0.01, 0.5),
  stopSlippage: oneOf(undefined, undefined, undefined, 0, 0.003),
  tick: oneOf(0, 0, 0.01, 0.25),
  minNotional: oneOf(0, 0, 0, 3_000),
  maxDrawdown: oneOf(undefined, undefined, 0.04, 0.2),
  dailyLoss: oneOf(undefined, undefined, undefined, 0.02, 0.1),
  cooldown: oneOf(undefined, undefined, 1, 4),
  maxTradesPerDay: oneOf(undefined, undefined, undefined, 1, 3),
  maxLossesInRow: oneOf(undefined, undefined, undefined, 2, 6),
  fundingRate: oneOf(0, 0, 0, 0.0003, -0.002, 0.05),
  fundingHours: oneOf(8, 8, 1, 4),
  margin: oneOf(
    undefined,
    undefined,
    undefined,
    { maintenanceMargin: 0.02 },
    { leverage: 3, maintenanceMargin: 0.05 },
    { leverage: 11, maintenanceMargin: 0.004 },
    { leverage: 25, maintenanceMargin: 0.01 },
  ),
  sizes,
}).map(({ sizes, margin, ...settings }) => ({ ...settings, ...sizes, ...margin }));

/** Mostly no stop; else a fraction, or 0 for distances. */
const stops = fc.record({
  stopLoss: oneOf(undefined, undefined, 0.01, 0.05, 0.3, 0),
  takeProfit: oneOf(undefined, undefined, 0.01, 0.05, 0.5, 1.5, 0),
  trailingStop: oneOf(undefined, undefined, undefined, 0.01, 0.05, 0.3, 0),
  breakEven: oneOf(undefined, undefined, undefined, 0.005, 0.03, 0),
  timeStop: oneOf(undefined, undefined, undefined, 1, 2, 5),
  firstTarget: oneOf(undefined, undefined, 0.01, 0.05, 0),
  secondTarget: oneOf(undefined, undefined, undefined, 0.01, 0.03, 0),
  firstPart: oneOf(undefined, 0.1, 0.9),
  reducePart: oneOf(undefined, 0.3, 0.99),
  maxEntries: oneOf(undefined, undefined, 1, 2, 5),
  entry: oneOf<Partial<Record<StopName, number>>>(
    {},
    {},
    {},
    { limitEntry: 0.01 },
    { limitEntry: 0, timeInForce: 3 },
    { stopEntry: 0.01, timeInForce: 2 },
    { stopEntry: 0 },
  ),
}).map(({ entry, ...stops }) => ({
  ...stops,
  ...entry,
  // What adds to a position does not wait.
  ...(Object.keys(entry).length > 0 ? { maxEntries: undefined } : {}),
}));

/** Distances in price of about the size of a candle, now and then unknown or none. */
function distancesFor(steps: Step[], salt: number): number[] {
  return steps.map(({ above, below }, i) => {
    const value = (above * 7 + below * 3 + i * 131 + salt) % 1_000;
    return value < 20 ? NaN : value < 40 ? 0 : value / TICKS;
  });
}

function candlesOf(steps: Step[]): Candles {
  let close = 10_000, time = START;
  const rows = steps.map(({ gap, body, above, below, missing }) => {
    const open = Math.max(50, close + gap);
    close = Math.max(50, open + body);
    time += HOUR * (1 + missing);
    return {
      time,
      open: open / TICKS,
      high: (Math.max(open, close) + above) / TICKS,
      low: Math.max(1, Math.min(open, close) - below) / TICKS,
      close: close / TICKS,
      volume: (above * 13 + below * 7) % 500,
      trades: 1,
      kind: "traded" as const,
    };
  });
  return Candles.fromRows("1h", rows, 2);
}

/** Rates at some of the closes, inside of some candles and in gaps, as those who hold a perpetual pay them. */
function funded(candles: Candles): Candles {
  const { time, timeframe, close } = candles;
  const rates = (step: number, each: number) =>
    close.map((price, i) => i % each === 0 ? ((price * 100 + step) % 7 - 3) / 1_000 : 0);
  const fundingInside = rates(2, 2);
  const fundingInGap = rates(4, 1).map((rate, i) =>
    i > 0 && openTime(time[i], timeframe) > time[i - 1] ? rate : 0
  );
  const funding = rates(0, 3).map((rate, i) => rate + fundingInside[i] + fundingInGap[i]);
  return new Candles(
    timeframe,
    { ...candles, funding, fundingInGap, fundingInside },
    candles.decimals,
  );
}

const inputs = (settings: fc.Arbitrary<AccountSettings>): fc.Arbitrary<RandomInput> =>
  fc.tuple(
    fc.array(step, { minLength: 1, maxLength: 60, size: "max" }),
    settings,
    stops,
    fc.boolean(),
    fc.nat(3),
  )
    .map(([steps, settings, stops, sizes, rates]) => ({
      candles: rates === 0 ? funded(candlesOf(steps)) : candlesOf(steps),
      signals: {
        enterLong: steps.map(({ signals }) => signals[0]),
        exitLong: steps.map(({ signals }) => signals[1]),
        enterShort: steps.map(({ signals }) => signals[2]),
        exitShort: steps.map(({ signals }) => signals[3]),
        reduceLong: steps.map(({ signals }) => signals[4]),
        reduceShort: steps.map(({ signals }) => signals[5]),
        ...(sizes && { size: steps.map(({ size }) => size) }),
        volatility: distancesFor(steps, 5).map((distance) => distance / 500),
      },
      settings,
      stops: Object.fromEntries(
        Object.entries(stops).map(([name, stop], n) => [
          name,
          stop === 0 ? distancesFor(steps, 97 * n) : stop,
        ]),
      ),
    }));

/** Candles, signals, stops and settings of all sorts, with gaps in price and in time. */
export const randomInput = inputs(
  fc.tuple(plainSettings, furtherSettings).map(([plain, further]) => ({
    ...DEFAULT_ACCOUNT,
    ...plain,
    ...further,
  })),
);

/** The same, with no setting but those that every config has, one entry at the market, and no parts. */
export const plainInput = inputs(
  plainSettings.map((settings) => ({ ...DEFAULT_ACCOUNT, ...settings })),
).map((input): RandomInput => {
  const { stopLoss, takeProfit, trailingStop, breakEven, timeStop } = input.stops;
  const { reduceLong: _, reduceShort: __, size: ___, ...signals } = input.signals;
  const { candles, ...rest } = input,
    plain = new Candles("1h", {
      ...candles,
      ...{ funding: undefined, fundingInGap: undefined, fundingInside: undefined },
    }, 2);
  return {
    ...rest,
    candles: plain,
    signals,
    stops: { stopLoss, takeProfit, trailingStop, breakEven, timeStop },
  };
});

/** The same, with people who ask for something now and then, and for several things before one close. */
export const interruptedInput: fc.Arbitrary<RandomInput> = fc.tuple(
  randomInput,
  fc.array(
    fc.tuple(
      fc.nat(59),
      fc.array(oneOf<Intervention>(...INTERVENTIONS, "resume", "liquidate"), {
        minLength: 1,
        maxLength: 2,
      }),
    ),
    { maxLength: 12 },
  ),
).map(([input, asked]) => ({ ...input, asked: Object.fromEntries(asked) }));

/** The same, some rows of which close a candle of the strategy: on the others no condition fires. */
export const barredInput: fc.Arbitrary<RandomInput> = fc.tuple(
  randomInput,
  fc.array(oneOf(true, false, false), { minLength: 60, maxLength: 60 }),
).map(([input, closing]) => {
  const { length } = input.candles, closes = closing.slice(0, length).map(Number);
  const fires = (name: string, column: number[]) =>
    SIGNALS[name as SignalName].type === "boolean"
      ? column.map((value, i) => closes[i] === 1 ? value : 0)
      : column;
  let last = NaN;
  const volume = closes.map((closing, i) =>
    last = closing === 1 ? 3 * input.candles.volume[i] + 1 : last
  );
  return {
    ...input,
    signals: Object.fromEntries(
      Object.entries(input.signals).map(([name, column]) => [
        name,
        fires(name, Array.from(column as ArrayLike<number>)),
      ]),
    ),
    bars: { closes, volume },
  };
});

/** The same input as the naive account takes it. */
export function naiveRows({ candles, signals, stops = {}, bars, asked }: AccountInput): NaiveRow[] {
  const truth = (value: number | undefined) => Number.isNaN(value) ? undefined : value === 1;
  return candles.rows().map((candle, i) => ({
    openTime: openTime(candle.time, candles.timeframe),
    closeTime: candle.time,
    open: candle.open,
    high: candle.high,
    low: candle.low,
    close: candle.close,
    volume: candle.volume,
    ...(bars && { closes: bars.closes[i] === 1, barVolume: bars.volume[i] }),
    asked: asked?.[i],
    volatility: signals.volatility?.[i] ?? NaN,
    size: signals.size?.[i] ?? -1,
    funding: candles.funding?.[i],
    fundingInGap: candles.fundingInGap?.[i],
    fundingInside: candles.fundingInside?.[i],
    reduceLong: truth(signals.reduceLong?.[i]),
    reduceShort: truth(signals.reduceShort?.[i]),
    enterLong: truth(signals.enterLong?.[i]),
    exitLong: truth(signals.exitLong?.[i]),
    enterShort: truth(signals.enterShort?.[i]),
    exitShort: truth(signals.exitShort?.[i]),
    distances: Object.fromEntries(
      Object.entries(stops).filter(([, stop]) => typeof stop === "object")
        .map(([name, stop]) => [name, (stop as ArrayLike<number>)[i]]),
    ),
  }));
}
