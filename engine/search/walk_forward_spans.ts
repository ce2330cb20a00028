import { describeValue } from "../market/describe_value.ts";
import { InputError } from "../market/errors.ts";
import { iso } from "../market/time.ts";
import { nominalLength } from "../market/timeframe.ts";

export const DAY = nominalLength("1d");

/** The fewest days of each span; all are whole, for returns are those of days. */
export const FEWEST_DAYS = { train: 1, test: 1, gap: 0 };

/** Where one window lies: UTC milliseconds, each end exclusive. */
export interface WindowSpan {
  trainFrom: number;
  trainTo: number;
  testFrom: number;
  testTo: number;
}

/** What windows are laid out by: two times, and days. */
export interface Spans {
  begin: number;
  end: number;
  train: number;
  test: number;
  gap: number;
  anchored: boolean;
}

/**
 * The windows of a walk forward: training and, behind a gap, a test, moved on by the length of a test.
 * Anchored training begins with the first candle each time, and grows. Throws an `InputError` for days
 * that are not whole or too few, and where not one window fits.
 */
export function walkForwardSpans(
  { begin, end, train, test, gap, anchored }: Spans,
): WindowSpan[] {
  checkDays({ train, test, gap });
  const spans: WindowSpan[] = [];
  for (let trainTo = begin + train * DAY;; trainTo += test * DAY) {
    const testFrom = trainTo + gap * DAY, testTo = Math.min(testFrom + test * DAY, end);
    // A last test that is shorter than half tells little.
    if (testTo - testFrom < test * DAY / 2) break;
    spans.push({ trainFrom: anchored ? begin : trainTo - train * DAY, trainTo, testFrom, testTo });
  }
  if (spans.length > 0) return spans;
  throw new InputError(
    `Cannot walk forward: ${train} days of training and ${test} of test do not fit between ` +
      `${iso(begin)} and ${iso(end)}`,
  );
}

function checkDays(spans: typeof FEWEST_DAYS): void {
  for (const [name, days] of Object.entries(spans)) {
    const fewest = FEWEST_DAYS[name as keyof typeof FEWEST_DAYS];
    if (Number.isInteger(days) && days >= fewest) continue;
    throw new InputError(
      `Cannot walk forward: ${name} is ${
        describeValue(days)
      }, but must be a whole number of days, ` +
        `${fewest} or more`,
    );
  }
}
