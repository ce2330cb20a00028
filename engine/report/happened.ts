import type { Counts } from "../account/ledger.ts";
import { written } from "../charts/captions.ts";
import { type Kind, KINDS } from "../market/candles.ts";
import { missingIn } from "../market/row_times.ts";
import { COUNTED, REFUSED } from "../research/account_notes.ts";
import type { Result } from "../research/result.ts";
import type { TextCells } from "./section.ts";

const CANDLES: Readonly<Record<Kind, string>> = {
  traded: "candles in which something traded",
  empty: "candles of a silent market: no trade, the price before",
  backfilled: "candles from the exchange's own record, fetched later",
};

/** How often each thing happened that is neither a signal nor a trade; zeros too, for they say much. */
export function happened(runs: readonly Result[]): TextCells {
  const sum = (of: (result: Result) => number) => runs.reduce((sum, run) => sum + of(run), 0);
  const gaps = sum(({ candles }) => candles.gaps().length);
  const missing = sum(({ candles }) =>
    candles.gaps().reduce((sum, gap) => sum + missingIn(gap, candles.timeframe), 0)
  );
  const rows: (readonly [count: number, what: string])[] = [
    ...Object.entries(COUNTED).map(([name, what]) =>
      [sum(({ counts }) => counts[name as keyof Counts]), what] as const
    ),
    ...Object.entries(REFUSED).map(([reason, what]) =>
      [
        sum(({ refusals }) => refusals.rows.filter((row) => row.reason === reason).length),
        what,
      ] as const
    ),
    ...KINDS.map((kind, at) =>
      [
        sum(({ candles }) => candles.kind.reduce((sum, its) => its === at ? sum + 1 : sum, 0)),
        CANDLES[kind],
      ] as const
    ),
    [missing, `candles missing, in ${written(gaps)} ${gaps === 1 ? "gap" : "gaps"}`],
    [sum(({ open }) => open ? 1 : 0), "positions still open at the end"],
  ];
  return {
    columns: [{ name: "Times", right: true }, { name: "What", right: false }],
    rows: rows.map(([count, what]) => [written(count), what]),
    caption: "",
  };
}
