import { type Carried, endedBy } from "../account/carried.ts";
import { DAY, type WindowSpan } from "./walk_forward_spans.ts";
import type { WalkForwardWindow } from "./walk_forward_result.ts";

/** What is looked at of a test. */
interface Looked {
  fold: Pick<WalkForwardWindow, "testTo" | "result">;
  carried: Carried;
}

/**
 * What a reader of a walk forward should know of how it came about: which window ended all trading, and
 * days of the candles, which end at `end`, that no test covers.
 */
export function walkForwardNotes(
  tests: readonly Looked[],
  spans: readonly WindowSpan[],
  end: number,
): string[] {
  return [...endedNotes(tests, spans.length), ...untestedNotes(spans, end)];
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

/** Shorter than a day is no span of a walk forward. */
function untestedNotes(spans: readonly WindowSpan[], end: number): string[] {
  const { testFrom, testTo } = spans[spans.length - 1], days = Math.floor((end - testTo) / DAY);
  if (days < 1) return [];
  const left = days === 1 ? "the last day is" : `the last ${days} days are`;
  return [
    `${left} in no test: less than half of a window of ${
      Math.round((testTo - testFrom) / DAY)
    } days`,
  ];
}
