import { callOperator } from "../../call_operator.ts";
import { checkCandleCall, namedSettings } from "../../check_call.ts";
import { close, high, low, Numeric, volume } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { ema } from "../averages/ema.ts";
import { sum } from "../statistics/sum.ts";
import { where } from "../conditions/where.ts";
import { total } from "./total.ts";

const INPUTS = ["number", "number", "number", "number"] as const;

export const moneyFlowVolumeOperator = composite({
  name: "moneyFlowVolume",
  inputs: INPUTS,
  expand(inputs) {
    const [high, low, close, volume] = inputs as Numeric[], range = high.minus(low);
    const place = close.minus(low).minus(high.minus(close));
    return where(range.above(0), place.over(range), 0).times(volume);
  },
});

const flow = (inputs: readonly unknown[]) =>
  new Numeric({ op: moneyFlowVolumeOperator.name, inputs: inputs as Numeric[] });

export const adlOperator = composite({
  name: "adl",
  inputs: INPUTS,
  expand: (inputs) => total(flow(inputs)),
});

export const cmfOperator = composite({
  name: "cmf",
  inputs: INPUTS,
  args: { window: windowRule() },
  expand(inputs, args) {
    const window = args.window as number | Numeric;
    return sum(flow(inputs), window).over(sum(inputs[3] as Numeric, window));
  },
});

export const chaikinOscillatorOperator = composite({
  name: "chaikinOscillator",
  version: 2,
  inputs: INPUTS,
  args: { fast: windowRule(), slow: windowRule() },
  expand(inputs, args) {
    const { fast, slow } = args as Record<string, number | Numeric>, line = total(flow(inputs));
    return ema(line, fast).minus(ema(line, slow));
  },
});

const CANDLE = [high, low, close, volume];

/**
 * A candle's volume times where its close lies, from −1 at the low to 1 at the high; 0 where these are one price
 * (Chaikin).
 */
export function moneyFlowVolume(): Numeric {
  checkCandleCall("moneyFlowVolume", arguments, 0);
  return callOperator(moneyFlowVolumeOperator, CANDLE, {});
}

/** Accumulation/distribution line: the sum of the money flow volumes since the run began (TA-Lib's AD). */
export function adl(): Numeric {
  checkCandleCall("adl", arguments, 0);
  return callOperator(adlOperator, CANDLE, {});
}

/**
 * Chaikin money flow, −1 to 1: the money flow volume of the last `window` candles, by their volume; unknown where nothing was
 * traded.
 */
export function cmf(window: number | Numeric = 20): Numeric {
  checkCandleCall("cmf", arguments, 1);
  return callOperator(cmfOperator, CANDLE, { window });
}

/**
 * Chaikin oscillator: the fast exponential average of the accumulation/distribution line less the slow one, each seeded with
 * a mean. TA-Lib's ADOSC starts both at the first row's value, which fades.
 */
export function chaikinOscillator(
  windows: { fast?: number | Numeric; slow?: number | Numeric } = {},
): Numeric {
  const args = namedSettings("chaikinOscillator", windows, { fast: 3, slow: 10 });
  checkCandleCall("chaikinOscillator", arguments, 1);
  return callOperator(chaikinOscillatorOperator, CANDLE, args);
}
