import type { Condition, Numeric } from "../../expression.ts";
import { AVERAGES } from "./averages.ts";
import { OSCILLATORS } from "./oscillators.ts";
import { PATTERN_INPUTS } from "./pattern_kernel.ts";
import { PATTERNS } from "./patterns.ts";
import { VOLUMES } from "./volumes.ts";

/** The library's indicators by its own names for them, but for the candlestick patterns. */
export const INDICATORS = { ...AVERAGES, ...OSCILLATORS, ...VOLUMES };

/** What else the library has, and why it is no operator. */
export const REFUSED: Readonly<Record<string, string>> = {
  renko: "its bricks are made of all candles at once",
  volumeprofile: "it is made of all candles at once, those to come included",
  fibonacciretracement: "it is arithmetic on two prices, for which there are .plus and .times",
};

type Indicators = typeof INDICATORS;

/** What `indicator` can be asked for. */
export type IndicatorName = keyof Indicators | keyof typeof PATTERNS;

type InputName<Name extends IndicatorName> = Name extends keyof Indicators
  ? Indicators[Name]["inputs"][number]
  : typeof PATTERN_INPUTS[number];

type Parameters<Name extends IndicatorName> = Name extends keyof Indicators
  ? Indicators[Name]["parameters"]
  : Record<never, never>;

type CandleColumn = "open" | "high" | "low" | "close" | "volume";

type Setting<Rule> = Rule extends { flag: true } ? boolean | Numeric : number | Numeric;

type Given<P> = {
  [Name in keyof P as P[Name] extends { default: number } ? never : Name]: P[Name];
};
type Defaulted<P> = Omit<P, keyof Given<P>>;

/** The inputs and parameters of an indicator, by name. */
export type IndicatorSettings<Name extends IndicatorName> =
  & { [Input in Exclude<InputName<Name>, CandleColumn>]: Numeric }
  & { [Input in InputName<Name> & CandleColumn]?: Numeric }
  & { [N in keyof Given<Parameters<Name>>]: Setting<Parameters<Name>[N]> }
  & { [N in keyof Defaulted<Parameters<Name>>]?: Setting<Defaulted<Parameters<Name>>[N]> };

type OutputOf<Output> = Output extends "number" ? Numeric
  : Output extends "boolean" ? Condition
  : Output extends readonly string[] ? { readonly [Name in Output[number]]: Numeric }
  : never;

/** What an indicator gives: one series, or several by name. */
export type IndicatorOutput<Name extends IndicatorName> = Name extends keyof Indicators
  ? OutputOf<Indicators[Name]["output"]>
  : Condition;
