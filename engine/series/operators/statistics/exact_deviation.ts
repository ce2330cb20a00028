import { productError } from "../../../market/exact.ts";

/** Where a fill keeps how many rows came before, up to a full window. */
const ROWS = 1;

/** Whole numbers up to here have room for the next one. */
const MOST = 2 ** 52;

/** What is made of each window's mean and deviation: `middle * mean`, and `width` deviations above and below it. */
export interface Bands {
  upper: Float64Array;
  mean: Float64Array;
  lower: Float64Array;
  middle: 0 | 1;
  width: number;
}

/**
 * Fills bands around the mean of the last `window` prices, which are given as whole ticks, by their standard deviation as a
 * population; columns may be the same, and hold `upper` then. The variance is a fraction of whole numbers,
 * (n·Σd² − (Σd)²) / (n·scale)², where d is how many ticks a row lies from an anchor, and it is the same for every
 * anchor; so are its bits, as all sums are exact and there is one division. Hence there is nothing to remember from
 * chunk to chunk but how many rows there were.
 */
export function fillExactBands(
  ticks: Float64Array,
  bands: Bands,
  state: Float64Array,
  from: number,
  to: number,
  window: number,
  scale: number,
): void {
  const { upper, mean, lower } = bands;
  let i = from;
  for (; i < to && state[ROWS] < window - 1; i++) {
    upper[i] = mean[i] = lower[i] = NaN;
    state[ROWS]++;
  }
  while (i < to) i = fillFromAnchor(ticks, bands, i, to, window, window * scale);
}

/** Rows from `from` on, for as long as sums of squares around the mean of the first are exact; returns the next one. */
function fillFromAnchor(
  ticks: Float64Array,
  { upper, mean, lower, middle, width }: Bands,
  from: number,
  to: number,
  window: number,
  unit: number,
): number {
  const anchor = Math.round(sumOf(ticks, 0, from, window) / window), total = window * anchor;
  const square = unit * unit, lost = productError(unit, unit, square);
  let off = sumOf(ticks, anchor, from, window), squares = squaresOf(ticks, anchor, from, window);
  if (lost !== 0 || window * squares > MOST) {
    const reach = width * Math.sqrt(wideVariance(ticks, anchor, off, from, window, square, lost));
    mean[from] = (total + off) / unit;
    lower[from] = middle * mean[from] - reach;
    upper[from] = middle * mean[from] + reach;
    return from + 1;
  }
  let i = from;
  while (window * squares <= MOST) {
    const level = mean[i] = (total + off) / unit;
    const reach = width * Math.sqrt((window * squares - off * off) / square);
    lower[i] = middle * level - reach;
    upper[i] = middle * level + reach;
    if (++i === to) return i;
    const entering = ticks[i] - anchor, leaving = ticks[i - window] - anchor;
    off += entering - leaving;
    squares += entering * entering - leaving * leaving;
  }
  return i;
}

function sumOf(ticks: Float64Array, anchor: number, i: number, window: number): number {
  let sum = 0;
  for (let j = i - window + 1; j <= i; j++) sum += ticks[j] - anchor;
  return sum;
}

function squaresOf(ticks: Float64Array, anchor: number, i: number, window: number): number {
  let sum = 0;
  for (let j = i - window + 1; j <= i; j++) sum += (ticks[j] - anchor) ** 2;
  return sum;
}

/** The variance where its numerator or its denominator is too long for a double. */
function wideVariance(
  ticks: Float64Array,
  anchor: number,
  off: number,
  i: number,
  window: number,
  square: number,
  lost: number,
): number {
  let squares = 0n, part = 0;
  for (let j = i - window + 1; j <= i; j++) {
    const distance = ticks[j] - anchor, more = part + distance * distance;
    if (more <= MOST) part = more;
    else squares += BigInt(distance) ** 2n;
  }
  const exact = BigInt(window) * (squares + BigInt(part)) - BigInt(off) ** 2n;
  const nearest = Number(exact);
  return quotient(nearest, Number(exact - BigInt(nearest)), square, lost);
}

/** (a + aLost) / (b + bLost) to the last bit, where the second of each is what rounding took off the first. */
function quotient(a: number, aLost: number, b: number, bLost: number): number {
  const ratio = a / b, back = ratio * b;
  return ratio + ((a - back) - productError(ratio, b, back) + aLost - ratio * bLost) / b;
}
