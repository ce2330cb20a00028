import type { Counts, RefusalReason } from "../account/ledger.ts";
import { written } from "../charts/captions.ts";
import { type Kind, KINDS, missingIn } from "../market/candles.ts";
import type { Result } from "../research/result.ts";
import type { TextCells } from "./section.ts";

/** What each count of an account means; `refused` is told by its reasons. */
const COUNTED: Readonly<
  Record<Exclude<keyof Counts, "refused" | "forbidden" | "expired">, string>
> = {
  cancelled: "both sides' entries fired at once and cancelled each other",
  ambiguous: "a candle held stop and target both: the stop was taken",
  liquidated: "the exchange took a position, and all of its margin",
};

const REFUSED: Readonly<Record<RefusalReason, string>> = {
  cash: "an entry was refused: too little cash, or less than one lot",
  minNotional: "an entry was refused: below the least notional",
  positions: "an entry was refused: as many positions were open as may be",
  exposure: "an entry was refused: positions were as large together as they may be",
  unknown: "an entry was refused: its stop, its size or its volatility was not known",
  protection: "an entry was refused: a protection forbade it",
  lot: "an exit of a part was refused: less than one lot",
  expired: "an entry was given up: its price did not come while it waited",
};

const CANDLES: Readonly<Record<Kind, string>> = {
  traded: "candles in which something traded",
  empty: "candles of a silent market: no trade, the price before",
  backfilled: "candles from the exchange's own record, fetched later",
};

/** How often each thing happened that is neither a signal nor a trade; zeros too, for they say much. */
export function happened(result: Result): TextCells {
  const { counts, candles, refusals } = result, gaps = candles.gaps();
  const missing = gaps.reduce((sum, gap) => sum + missingIn(gap, candles.timeframe), 0);
  const refused = (reason: string) => refusals.rows.filter((row) => row.reason === reason).length;
  const kinds = KINDS.map((kind, at) =>
    [candles.kind.reduce((sum, its) => its === at ? sum + 1 : sum, 0), CANDLES[kind]] as const
  );
  const rows: (readonly [count: number, what: string])[] = [
    ...Object.entries(COUNTED).map(([name, what]) => [counts[name as keyof Counts], what] as const),
    ...Object.entries(REFUSED).map(([reason, what]) => [refused(reason), what] as const),
    ...kinds,
    [missing, `candles missing, in ${written(gaps.length)} ${gaps.length === 1 ? "gap" : "gaps"}`],
    [result.open ? 1 : 0, "positions still open at the end"],
  ];
  return {
    columns: [{ name: "Times", right: true }, { name: "What", right: false }],
    rows: rows.map(([count, what]) => [written(count), what]),
    caption: "",
  };
}
