/**
 * What other libraries publish or compute for the operators, and after how many rows they have to agree: some
 * start an average elsewhere, which fades.
 */
import { close, type Expression, high, low, volume } from "../../engine/series/expression.ts";
import * as op from "../../engine/series/operators/mod.ts";

/** One of our columns beside one of theirs. */
export interface Comparison {
  /** The operator's name in the catalogue. */
  operator: string;
  ours: Expression;
  /** Theirs: a column of the golden file, or a file and field of Stock.Indicators. */
  theirs: string;
  /** Rows left out at the start. */
  after?: number;
  /** Largest difference whatever the value, for columns that pass through 0, in their own unit. */
  absolute?: number;
  /** What theirs is made into before it is compared, where definitions differ. */
  as?: (theirs: number, row: number, column: readonly number[]) => number;
  /** The made series that it is compared on; all of them, unless it says so. */
  on?: string;
  /** Why it is compared so. */
  because?: string;
}

type Rest = Omit<Comparison, "operator" | "ours" | "theirs">;

const one = (ours: Expression, theirs: string, rest: Rest = {}): Comparison => ({
  operator: ours.op,
  ours,
  theirs,
  ...rest,
});

const several = (
  series: Readonly<Record<string, Expression>>,
  theirs: string,
  rest: Rest = {},
  names: Readonly<Record<string, string>> = {},
): Comparison[] =>
  Object.entries(series)
    .filter(([name]) => Object.keys(names).length === 0 || name in names)
    .map(([name, ours]) => one(ours, `${theirs}${names[name] ?? name}`, rest));

const only = (series: object, ...names: string[]) =>
  Object.fromEntries(Object.entries(series).filter(([name]) => names.includes(name)));

const windows = (make: (window: number) => Comparison[] | Comparison) =>
  [3, 14].flatMap((window) => make(window));

const FLAT = { on: "dear", because: "TA-Lib gives 0 where nothing moved; here it is unknown" };
const STILL = { on: "dear", because: "pandas gives 0 where nothing moved; here it is unknown" };
const NOUGHT = { absolute: 1e-11 };
const TIES = {
  on: "dear",
  because: "of equal rows TA-Lib's index is the oldest one's; here the newest one's",
};

/** Ours beside TA-Lib's C library. */
export const TALIB: readonly Comparison[] = [
  ...windows((n) => [
    one(op.wma(close, n), `wma ${n}`),
    one(op.dema(close, n), `dema ${n}`),
    one(op.tema(close, n), `tema ${n}`),
    one(op.t3(close, n), `t3 ${n}`),
    one(op.kama(close, { window: n }), `kama ${n}`),
    one(op.roc(close, n), `roc ${n}`, { absolute: 1e-12 }),
    one(op.momentum(close, n), `momentum ${n}`, { absolute: 1e-9 }),
    one(op.trix(close, n), `trix ${n}`, { absolute: 1e-11 }),
    ...several(only(op.linearRegression(close, n), "value", "slope"), `linearRegression ${n} `, {
      absolute: 1e-9,
    }),
    one(op.williamsR(n), `williamsR ${n}`, { ...FLAT, absolute: 1e-9 }),
    one(op.cci(n), `cci ${n}`, { ...FLAT, absolute: 1e-9 }),
    one(op.mfi(n), `mfi ${n}`, { ...FLAT, absolute: 1e-9 }),
    one(op.natr(n), `natr ${n}`),
    ...several(op.aroon(n), `aroon ${n} `, { absolute: 1e-12 }),
    ...several(op.adx(n), `adx ${n} `, {
      after: 380,
      absolute: 1e-9,
      because: "TA-Lib starts its averages one move earlier",
    }),
    one(op.rowsSinceHighest(high, n), `rowsSinceHighest ${n}`, TIES),
    one(op.rowsSinceLowest(low, n), `rowsSinceLowest ${n}`, TIES),
  ]),
  ...[[12, 26], [3, 10]].flatMap(([fast, slow]) => [
    one(op.ppo(close, { fast, slow }).line, `ppo ${fast} ${slow} line`, { absolute: 1e-12 }),
    one(op.chaikinOscillator({ fast, slow }), `chaikinOscillator ${fast} ${slow}`, {
      after: 390,
      absolute: 1e-5,
      because: "TA-Lib starts both averages at the first row's value",
    }),
  ]),
  ...[[14, 3, 3], [5, 1, 4]].flatMap(([window, smoothing, signal]) => [
    ...several(
      op.stochastic({ window, smoothing, signal }),
      `stochastic ${window} ${smoothing} ${signal} `,
      { ...FLAT, absolute: 1e-9 },
    ),
    ...several(
      op.stochRsi(close, { rsi: window, window: 5, smoothing: 1, signal }),
      `stochRsi ${window} 5 1 ${signal} `,
      { ...FLAT, absolute: 1e-7 },
    ),
  ]),
  one(op.ultimate(), "ultimate", FLAT),
  one(op.parabolicSar(), "parabolicSar"),
  one(op.parabolicSar(0.1, 0.3), "parabolicSar 0.1 0.3"),
  ...several(op.directionalMove(), "directionalMove ", { absolute: 1e-9 }),
  one(op.medianPrice(), "medianPrice"),
  one(op.typicalPrice(), "typicalPrice"),
  one(op.averagePrice(), "averagePrice"),
  one(op.obv(), "obv", {
    as: (theirs, _, column) => theirs - column[0],
    because: "TA-Lib adds the first candle's volume",
  }),
  one(op.adl(), "adl", { absolute: 1e-6 }),
  one(op.log(close), "log"),
  one(op.exp(close.over(10_000)), "exp"),
  one(op.sqrt(close), "sqrt"),
  one(op.floor(close), "floor"),
];

/** The first operators beside TA-Lib, in the shorter golden file: see talib_test.ts for more of them. */
export const TALIB_BASICS: readonly Comparison[] = [
  one(op.sma(close, 20), "sma 20"),
  one(op.ema(close, 12), "ema 12"),
  one(op.rsi(close, 14), "rsi 14"),
  one(op.macd(close).histogram, "macd 12 26 9 histogram", { absolute: 1e-10 }),
  one(op.macd(close).signal, "macd 12 26 9 signal", { absolute: 1e-10 }),
  ...several({ ...op.bollinger(close) }, "bollinger 20 2.0 "),
  one(op.deviation(close, 20), "deviation 20"),
  one(op.trueRange(), "true range"),
  one(op.atr(14), "atr 14"),
  one(op.highest(high, 14), "highest 14"),
  one(op.lowest(low, 14), "lowest 14"),
  one(op.sum(close, 14), "sum 14"),
];

/** Ours beside numpy and pandas. */
export const PANDAS: readonly Comparison[] = [5, 20].flatMap((n) => [
  one(op.variance(close, n), `variance ${n}`, NOUGHT),
  one(op.deviation(close, n), `deviation ${n}`, NOUGHT),
  one(op.skew(close, n), `skew ${n}`, { absolute: 1e-9, ...STILL }),
  one(op.kurtosis(close, n), `kurtosis ${n}`, { absolute: 1e-9, ...STILL }),
  one(op.median(close, n), `median ${n}`),
  one(op.quantile(close, n, 0.3), `quantile ${n} 0.3`),
  one(op.rank(close, n), `rank ${n}`),
  one(op.historicalVolatility(close, n, 365), `historicalVolatility ${n}`, NOUGHT),
  one(op.covariance(high, low, n), `covariance ${n}`, { absolute: 1e-9 }),
  one(op.correlation(high, low, n), `correlation ${n}`, { absolute: 1e-9 }),
  one(op.beta(high, low, n), `beta ${n}`, { absolute: 1e-9 }),
  one(op.meanDeviation(close, n), `meanDeviation ${n}`, NOUGHT),
  one(op.linearRegression(close, n).r2, `linearRegression ${n} r2`, { absolute: 1e-9 }),
]);

const OTHER_START = "its averages start with other rows";

/** Ours beside the published results of Stock.Indicators. */
export const STOCK_INDICATORS: readonly Comparison[] = [
  one(op.wilder(close, 20), "smma smma"),
  one(op.wma(close, 14), "wma wma"),
  one(op.hma(close, 14), "hma hma"),
  one(op.dema(close, 14), "dema dema", { after: 250, because: OTHER_START }),
  one(op.tema(close, 20), "tema tema", { after: 350, because: OTHER_START }),
  one(op.t3(close, 5), "t3 t3", { after: 150, because: OTHER_START }),
  one(op.kama(close), "kama kama"),
  one(op.efficiency(close), "kama er"),
  one(op.alma(close), "alma alma"),
  one(op.vwma(close, 14), "vwma vwma"),
  one(op.roc(close, 14), "roc roc"),
  one(op.momentum(close, 14), "roc momentum"),
  one(op.cmo(close, 14), "cmo cmo", { absolute: 1e-9 }),
  one(op.tsi(close).line, "tsi tsi"),
  one(op.tsi(close).signal, "tsi signal"),
  one(op.awesome(), "awesome oscillator", { absolute: 1e-9 }),
  one(op.cci(20), "cci cci", { absolute: 1e-9 }),
  one(op.mfi(14), "mfi mfi"),
  one(op.williamsR(14), "willr williamsR"),
  one(op.ultimate(), "uo ultimate"),
  one(op.stochastic().k, "stoch k"),
  one(op.stochastic().d, "stoch d"),
  one(op.stochRsi(close, { smoothing: 1 }).k, "stoch-rsi stochRsi", { absolute: 1e-7 }),
  one(op.stochRsi(close, { smoothing: 1 }).d, "stoch-rsi signal", { absolute: 1e-7 }),
  one(op.trix(close, 14), "trix trix", { after: 300, absolute: 1e-11, because: OTHER_START }),
  one(op.dpo(close, 14), "dpo dpo", {
    as: (_, row, column) => column[row - 8] ?? NaN,
    absolute: 1e-9,
    because: "theirs is drawn back by half a window, where it was not known yet",
  }),
  ...several(op.keltner(), "keltner ", {}, {
    upper: "upperBand",
    middle: "centerline",
    lower: "lowerBand",
  }),
  ...several(
    Object.fromEntries(
      Object.entries(op.donchian(20)).map(([name, line]) => [name, op.lag(line)]),
    ),
    "donchian ",
    { because: "theirs ends with the candle before" },
    { upper: "upperBand", middle: "centerline", lower: "lowerBand" },
  ).map((comparison) => ({ ...comparison, operator: "donchian" })),
  one(op.chandelier().long, "chexit chandelierExit"),
  one(op.choppiness(), "chop chop"),
  ...several(op.adx(14), "adx ", {}, { adx: "adx", plus: "pdi", minus: "mdi" }),
  one(op.supertrend(10, 3).line, "supertrend superTrend"),
  ...several(op.ichimoku(), "ichimoku ", {}, {
    conversion: "tenkanSen",
    base: "kijunSen",
    spanA: "senkouSpanA",
    spanB: "senkouSpanB",
  }),
  ...several(op.vortex(14), "vortex ", {}, { plus: "pvi", minus: "nvi" }),
  one(op.linearRegression(close, 14).slope, "slope slope"),
  one(op.linearRegression(close, 14).r2, "slope rSquared"),
  one(op.obv(), "obv obv"),
  one(op.adl(), "adl adl"),
  one(op.moneyFlowVolume(), "adl moneyFlowVolume", { absolute: 1e-6 }),
  one(op.chaikinOscillator(), "chaikin-osc oscillator"),
  one(op.cmf(20), "cmf cmf"),
  ...several(op.elderRay(), "elder-ray ", NOUGHT, { bull: "bullPower", bear: "bearPower" }),
  one(op.forceIndex(2), "force forceIndex"),
  ...several(op.heikinAshi(), "heikinashi "),
  one(op.zScore(close, 14), "stdev zScore", { absolute: 1e-9 }),
  one(op.total(op.typicalPrice().times(volume)).over(op.total(volume)), "vwap vwap"),
];
