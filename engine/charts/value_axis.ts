import type { NumberFormat } from "./option.ts";
import type { Range } from "./pane.ts";

/** Ticks at round numbers that lie in a range. */
export interface Ticks {
  values: number[];
  step: number;
}

const ROUND = [1, 2, 2.5, 5, 10];
/** A step may be this much shorter than asked for, since a few more ticks are better than too few. */
const LEAST_STEP = 0.8, MOST_TRIES = 10;

/**
 * About `count` ticks at multiples of 1, 2, 2.5 or 5 times a power of ten; more if there would be one
 * only, from which nobody could tell the scale.
 */
export function roundTicks(range: Range, count: number): Ticks {
  let ticks = ticksAbout(range, count);
  for (let more = 1; ticks.values.length < 2 && more < MOST_TRIES; more++) {
    ticks = ticksAbout(range, count + more);
  }
  return ticks;
}

function ticksAbout({ low, high }: Range, count: number): Ticks {
  const rough = (high - low) / count, power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (ROUND.find((factor) => factor * power >= LEAST_STEP * rough) ?? 10);
  const values: number[] = [];
  for (let k = Math.ceil(low / step); k * step <= high; k++) {
    values.push(Number((k * step).toPrecision(12)));
  }
  return { values, step };
}

/** What varies by less, compared to its size, is drawn as a flat line. */
const FLAT = 1e-9;

/** The range with some room at both ends; a single value gets room around it. */
export function padded({ low, high }: Range, below: number, above = below): Range {
  const flat = high - low <= FLAT * Math.abs(high);
  const size = flat ? Math.abs(high) / 10 || 1 : high - low;
  return { low: low - size * below, high: high + size * above };
}

/** The range with some of its ratio as room at both ends; it lies above 0. */
export function paddedLog({ low, high }: Range, share: number): Range {
  const logs = padded({ low: Math.log(low), high: Math.log(high) }, share);
  return { low: Math.exp(logs.low), high: Math.exp(logs.high) };
}

/**
 * Numbers with the decimals that a step between ticks needs, such as prices; from steps of a million
 * on in millions, billions or trillions.
 */
export function plainNumbers(step: number): NumberFormat {
  const { divisor, suffix } = step < 1e6 ? { divisor: 1, suffix: "" } : magnitude(step);
  return {
    format: "number",
    decimals: decimalsFor(step / divisor),
    suffix,
    divisor,
    ...(divisor > 1 && { zero: "0" }),
  };
}

/** Values in percent. */
export function percents(step: number): NumberFormat {
  return { format: "number", decimals: decimalsFor(step), suffix: "%" };
}

/** Values as multiples of something. */
export function multiples(step: number): NumberFormat {
  return { ...plainNumbers(step), suffix: "×", least: 0 };
}

/** With how many decimals every multiple of a step can be told from the next. */
export function decimalsFor(step: number): number {
  for (let decimals = 0; decimals < 12; decimals++) {
    const scaled = step * 10 ** decimals;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-6 * scaled) return decimals;
  }
  return 12;
}

const MAGNITUDES: readonly [from: number, suffix: string][] = [
  [1e12, "T"],
  [1e9, "B"],
  [1e6, "M"],
  [1e3, "k"],
];

/** By what amounts as large as `size` are divided to be read, and what then stands behind them. */
export function magnitude(size: number): { divisor: number; suffix: string } {
  const [divisor, suffix] = MAGNITUDES.find(([from]) => size >= from) ?? [1, ""];
  return { divisor, suffix };
}
