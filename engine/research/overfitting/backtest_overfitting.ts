import { InputError } from "../../market/errors.ts";
import type { ReturnMatrix } from "./return_matrix.ts";

/** What combinatorially symmetric cross-validation says of a search. */
export interface Overfitting {
  /**
   * Probability of backtest overfitting, 0 to 1: how often the best of one half is below the middle of the other. What
   * is exactly in the middle counts as half below, so that noise has one half, of however many sets.
   */
  probability: number;
  /**
   * For each way of halving the periods: the logit of the rank that the best of the first half has in the second,
   * above 0 for better than the middle.
   */
  logits: Float64Array;
  /** Sharpe ratio per period of the best of the first half there, and of the same strategy in the second. */
  inSample: Float64Array;
  outOfSample: Float64Array;
}

/** How overfitting is measured. */
export interface OverfittingOptions {
  /** Into how many parts the periods are cut, an even number; 16 unless given. */
  parts?: number;
  /** The risk-free return of a period, which every ratio is in excess of; 0 unless given. */
  riskFree?: number;
}

/** Parts into which periods are cut, as in the paper: 12,870 ways of halving them. */
const PARTS = 16;

/**
 * Probability of backtest overfitting, by combinatorially symmetric cross-validation: the periods are cut
 * into 16 parts (fewer, and even, if there are not two periods for each); for every choice of half of them the
 * strategy with the best Sharpe ratio there is looked up in the other half. Throws an `InputError` for fewer than two
 * strategies or fewer than eight periods.
 *
 * A logit of 0, the middle, counts as a half: that of the middle one of an odd number, and of any where all are alike,
 * for equals share their ranks. The paper integrates a density of logits up to 0, to which one point adds nothing;
 * of noise in three strategies, all of them at 0 counted would make 67 %, and none 33 %.
 *
 * Source: D. H. Bailey, J. Borwein, M. López de Prado and Q. J. Zhu, "The Probability of Backtest
 * Overfitting", Journal of Computational Finance 20(4), 2017.
 */
export function backtestOverfitting(
  matrix: ReturnMatrix,
  { parts = PARTS, riskFree = 0 }: OverfittingOptions = {},
): Overfitting {
  const { columns, periods } = matrix, most = Math.min(parts, 2 * Math.floor(periods / 4));
  if (columns.length < 2 || most < 4) {
    throw new InputError(
      `Cannot cross-validate ${columns.length} strategies over ${periods} periods: it takes two and eight`,
    );
  }
  const sums = partSums(matrix, most), halves = halvesOf(most);
  const logits = new Float64Array(halves.length);
  const inSample = new Float64Array(halves.length), outOfSample = new Float64Array(halves.length);
  const first = new Float64Array(columns.length), second = new Float64Array(columns.length);
  const last = halves.length - 1;
  const note = (i: number, inside: Float64Array, outside: Float64Array) => {
    const best = indexOfMost(inside), rank = rankOf(outside, best) / (columns.length + 1);
    logits[i] = Math.log(rank / (1 - rank));
    inSample[i] = inside[best];
    outOfSample[i] = outside[best];
  };
  // They ascend, so that the other half of each is as far from the end: both are measured at once.
  for (let i = 0; i < last - i; i++) {
    ratios(sums, halves[i], riskFree, first);
    ratios(sums, halves[last - i], riskFree, second);
    note(i, first, second);
    note(last - i, second, first);
  }
  const below = logits.reduce((count, logit) => count + (1 - Math.sign(logit)) / 2, 0);
  return { probability: below / halves.length, logits, inSample, outOfSample };
}

/** Sums of the returns, and of their squares, of each strategy in each part; and the parts' lengths. */
interface PartSums {
  sums: Float64Array[];
  squares: Float64Array[];
  lengths: number[];
}

function partSums({ columns, periods }: ReturnMatrix, parts: number): PartSums {
  const ends = Array.from({ length: parts + 1 }, (_, i) => Math.floor(i * periods / parts));
  const sums: Float64Array[] = [], squares: Float64Array[] = [], lengths: number[] = [];
  for (let part = 0; part < parts; part++) {
    const from = ends[part], to = ends[part + 1];
    lengths.push(to - from);
    const over = (value: (x: number) => number) =>
      Float64Array.from(columns, (column) => {
        let sum = 0;
        for (let t = from; t < to; t++) sum += value(column[t]);
        return sum;
      });
    sums.push(over((x) => x));
    squares.push(over((x) => x * x));
  }
  return { sums, squares, lengths };
}

/** The Sharpe ratio of each strategy in the parts whose bits are set; of one that did nothing it is 0. */
function ratios(
  { sums, squares, lengths }: PartSums,
  chosen: number,
  riskFree: number,
  out: Float64Array,
): void {
  const parts = lengths.map((_, part) => part).filter((part) => chosen >> part & 1);
  const count = parts.reduce((count, part) => count + lengths[part], 0);
  for (let n = 0; n < out.length; n++) {
    let sum = 0, square = 0;
    for (const part of parts) {
      sum += sums[part][n];
      square += squares[part][n];
    }
    const mean = sum / count, variance = square / count - mean * mean;
    out[n] = variance > 1e-24 ? (mean - riskFree) / Math.sqrt(variance * count / (count - 1)) : 0;
  }
}

/** Every choice of half of the parts, as bits. */
function halvesOf(parts: number): number[] {
  const halves: number[] = [];
  for (let bits = 0; bits < 2 ** parts; bits++) if (count(bits) === parts / 2) halves.push(bits);
  return halves;
}

function count(bits: number): number {
  let set = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) set++;
  return set;
}

function indexOfMost(values: Float64Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}

/** The rank of one among all, 1 for the least; of equals the middle of their ranks. */
function rankOf(values: Float64Array, place: number): number {
  let less = 0, equal = 0;
  for (const value of values) {
    if (value < values[place]) less++;
    else if (value === values[place]) equal++;
  }
  return less + (equal + 1) / 2;
}
