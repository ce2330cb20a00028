/** What the operators' speed is measured by: ours in a plan, by candle chunks, and technicalindicators' over arrays. */
import * as library from "technicalindicators";
import { outputsOf, usualArguments } from "../engine/cli/operators/describe.ts";
import texts from "../engine/cli/operators/texts.json" with { type: "json" };
import type { Candles } from "../engine/market/candles.ts";
import { CATALOGUE } from "../engine/series/catalogue.ts";
import { CANDLE, type Expression } from "../engine/series/expression.ts";
import type { Operator } from "../engine/series/operator.ts";
import { CHUNK_ROWS, Plan } from "../engine/series/plan.ts";

/** Runs expressions over all candles, as a backtest does. */
function inPlan(expressions: Record<string, Expression>, candles: Candles): () => void {
  const { length, timeframe, decimals } = candles;
  return () => {
    const plan = new Plan(expressions, { timeframe, decimals, inPlace: true });
    for (let from = 0; from < length; from += CHUNK_ROWS) {
      plan.advance(candles, from, Math.min(from + CHUNK_ROWS, length));
    }
  };
}

/** Every operator with a loop or a formula, by the call that its page shows. */
export function operatorRuns(candles: Candles): { name: string; call: string; run: () => void }[] {
  const { close, open } = CANDLE;
  return CATALOGUE.filter((entry): entry is Operator =>
    entry.kind === "kernel" || entry.kind === "composite"
  ).map((operator) => {
    const { call } = (texts as Record<string, { call: string }>)[operator.name];
    const args = usualArguments(operator, call);
    const expressions = outputsOf(operator, args, close.above(open));
    return { name: operator.name, call, run: inPlan(expressions, candles) };
  });
}

type Settings = Record<string, number | boolean>;

/** What technicalindicators calls ours, and what it is asked for. */
const THEIRS: Readonly<Record<string, [name: string, settings: Settings]>> = {
  sma: ["SMA", { period: 20 }],
  ema: ["EMA", { period: 20 }],
  wma: ["WMA", { period: 20 }],
  wilder: ["WEMA", { period: 20 }],
  sum: ["Sum", { period: 20 }],
  deviation: ["SD", { period: 20 }],
  highest: ["Highest", { period: 20 }],
  lowest: ["Lowest", { period: 20 }],
  macd: ["MACD", { fastPeriod: 12, slowPeriod: 26, signalPeriod: 9 }],
  bollinger: ["BollingerBands", { period: 20, stdDev: 2 }],
  rsi: ["RSI", { period: 14 }],
  atr: ["ATR", { period: 14 }],
  trueRange: ["TrueRange", {}],
  roc: ["ROC", { period: 10 }],
  trix: ["TRIX", { period: 18 }],
  cci: ["CCI", { period: 20 }],
  williamsR: ["WilliamsR", { period: 14 }],
  mfi: ["MFI", { period: 14 }],
  stochastic: ["Stochastic", { period: 14, signalPeriod: 3 }],
  stochRsi: ["StochasticRSI", { rsiPeriod: 14, stochasticPeriod: 14, kPeriod: 3, dPeriod: 3 }],
  awesome: ["AwesomeOscillator", { fastPeriod: 5, slowPeriod: 34 }],
  adx: ["ADX", { period: 14 }],
  parabolicSar: ["PSAR", { step: 0.02, max: 0.2 }],
  ichimoku: [
    "IchimokuCloud",
    { conversionPeriod: 9, basePeriod: 26, spanPeriod: 52, displacement: 26 },
  ],
  obv: ["OBV", {}],
  adl: ["ADL", {}],
  forceIndex: ["ForceIndex", { period: 13 }],
  vwap: ["VWAP", {}],
  heikinAshi: ["HeikinAshi", {}],
};

/** The same of technicalindicators, where it has an operator; the candles are made arrays before. */
export function theirRuns(candles: Candles): (name: string) => (() => void) | undefined {
  const { open, high, low, close, volume } = candles;
  const arrays = {
    values: [...close],
    open: [...open],
    high: [...high],
    low: [...low],
    close: [...close],
    volume: [...volume],
  };
  const all = library as unknown as Record<string, { calculate(input: unknown): unknown }>;
  return (name) => {
    const [theirs, settings] = THEIRS[name] ?? [];
    return theirs ? () => void all[theirs].calculate({ ...arrays, ...settings }) : undefined;
  };
}
