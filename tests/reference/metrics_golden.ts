import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import type { Performance } from "../../engine/metrics/performance.ts";
import { type Summary, summary } from "../../engine/metrics/summary.ts";
import { agree, DAY, madePerformance, madeTrade } from "../metrics/made_performance.ts";

type Numbers = Record<string, number>;

/** What the libraries gave for one pair of settings. */
export interface Given {
  periodsPerYear: number;
  riskFree: number;
  empyrical: Numbers;
  quantstats: Numbers;
  /** Null where there are too few returns, or they do not vary. */
  textbook: Numbers | null;
}

/** A curve of daily equity with all that metrics/make_golden.py found of it; money is in cents. */
export interface GoldenCurve {
  name: string;
  equity: number[];
  price: number[];
  settings: Given[];
  drawdowns: { start: string; valley: string; end: string; days: number; depth: number }[];
  months: { of: [number, number]; return: number }[];
  years: { of: number; return: number }[];
  rolling_sharpe: number[] | null;
  rolling_volatility: number[] | null;
}

interface Golden {
  start: string;
  balance: number;
  price: number;
  confidence: number;
  window: number;
  normal_quantile: { chance: number; z: number }[];
  curves: GoldenCurve[];
}

const SPELLED: Numbers = { NaN: NaN, Infinity: Infinity, "-Infinity": -Infinity };

/** What metrics/make_golden.py wrote. */
export const golden: Golden = JSON.parse(
  gunzipSync(Deno.readFileSync(new URL("metrics/golden.json.gz", import.meta.url))).toString(),
  (_key, value) => typeof value === "string" && value in SPELLED ? SPELLED[value] : value,
);

/** The first midnight of the curves. */
const FIRST_DAY = Date.parse(golden.start);

/** From one day's equity to the next. */
export function dailyReturns(values: readonly number[], before: number): number[] {
  return values.map((value, i) => value / (i === 0 ? before : values[i - 1]) - 1);
}

/**
 * A curve as what an account did: a trade for each day, which made that day's return, and a position on
 * the days that did not return 0, so that what the libraries say of days holds for trades.
 */
export function goldenPerformance({ equity, price }: GoldenCurve): Performance {
  const returns = dailyReturns(equity, golden.balance);
  return madePerformance({
    equity,
    timeframe: "1d",
    start: FIRST_DAY,
    initialBalance: golden.balance,
    prices: price,
    bought: golden.price,
    position: returns.map((value) => value === 0 ? 0 : 1),
    trades: returns.map((value, i) => ({
      ...madeTrade(value),
      return: value,
      entryTime: FIRST_DAY + i * DAY,
      exitTime: FIRST_DAY + (i + 1) * DAY,
    })),
  });
}

/** Every curve under each of its settings, with the summary of it. */
export const goldenCases: { curve: GoldenCurve; given: Given; made: Summary }[] = golden.curves
  .flatMap((curve) =>
    curve.settings.map((given) => {
      const { periodsPerYear, riskFree } = given, { confidence } = golden;
      const made = summary(goldenPerformance(curve), { periodsPerYear, riskFree, confidence });
      return { curve, given, made };
    })
  );

/** Asserts that ours is theirs to 1e-9; an infinite ratio of theirs is unknown to us. */
export function equal(ours: number, theirs: number, what: string) {
  assert.equal(typeof theirs, "number", `${what} is missing`);
  // It says only that there was nothing to divide by.
  const expected = Math.abs(theirs) === Infinity ? NaN : theirs + 0;
  assert(agree(ours + 0, expected, 1e-9), `${what}: ${ours} is not ${theirs}`);
}
