import { type Carried, endedBy } from "../account/carried.ts";
import { DAY, type Spans, type WindowSpan } from "./walk_forward_spans.ts";
import type { WalkForwardWindow } from "./walk_forward_result.ts";

/** What is looked at of a test. */
interface Looked {
  fold: Pick<WalkForwardWindow, "testTo" | "result">;
  carried: Carried;
}

/**
 * What a reader of a walk forward should know of how it came about: which window ended all trading, and
 * days of the candles, which end at `end`, that no test covers, and a last test that they leave shorter
 * than the `test` days that were asked for.
 */
export function walkForwardNotes(
  tests: readonly Looked[],
  spans: readonly WindowSpan[],
  { end, test }: Pick<Spans, "end" | "test">,
): string[] {
  const last = spans[spans.length - 1];
  return [
    ...endedNotes(tests, spans.length),
    ...shortNotes(last, test),
    ...untestedNotes(last, end, test),
  ];
}

function endedNotes(tests: readonly Looked[], windows: number): string[] {
  const by = tests.map(({ fold: { result: { account } }, carried }) => endedBy(account, carried));
  const at = by.findIndex((name) => name !== undefined), ruin = tests.length < windows;
  return [
    ...(at === -1 ? [] : [
      `the account's protection (${by[at]}) ended all trading in window ${at + 1} of ${windows}` +
      (at + 1 < windows ? ": the windows behind it hold nothing" : ""),
    ]),
    ...(ruin ? [`equity reached 0 in window ${tests.length} of ${windows}, which ended it`] : []),
  ];
}

/** Only the last test is as long as the candles allow; what is told of it is never rounded up. */
function shortNotes({ testFrom, testTo }: WindowSpan, test: number): string[] {
  const whole = test * DAY, length = testTo - testFrom;
  if (length === whole) return [];
  const days = Math.floor(length / DAY * 10) / 10;
  return [`the last test is ${days} days long, not ${test}: there the candles end`];
}

/** Shorter than a day is no span of a walk forward. */
function untestedNotes({ testTo }: WindowSpan, end: number, test: number): string[] {
  const days = Math.floor((end - testTo) / DAY);
  if (days < 1) return [];
  const left = days === 1 ? "the last day is" : `the last ${days} days are`;
  return [`${left} in no test: less than half of a window of ${test} days`];
}
