import { describeDifference } from "../live/verify/describe_difference.ts";
import { LEDGER_TABLES, type LedgerTable, type Tally } from "../live/verify/difference.ts";
import type { LateRevisions } from "../live/verify/late_revisions.ts";
import type { Verification } from "../live/verify/verify_bot.ts";
import { iso } from "../market/time.ts";
import { formatNumber } from "../metrics/format_number.ts";

/** What came of a verification, in lines for a terminal. */
export function verificationText(verification: Verification): string {
  const { bot, outcome, to, candles, now } = verification;
  if (outcome === "unknown") return `${bot}: cannot be told: ${verification.detail}`;
  if (to === null && outcome === "same") return `${bot}: the same: it has decided nothing yet`;
  const span = to === null || candles === 0 ? "" : ` over ${candles} candles to ${iso(to)}`;
  const lines = [
    `${bot}: ${outcome === "same" ? "the same" : "diverged"}${span}`,
    ...(outcome === "same" ? [countsLine(verification)] : differenceLines(verification)),
    ...(now ? nowLines(now) : []),
  ];
  return lines.join("\n  ");
}

/** What the rows of a table are called, where that is not its name. */
const CALLED: Partial<Record<LedgerTable, string>> = { performance: "rows of equity" };

/** What was compared, with nothing to tell of it. */
function countsLine({ tables, dropped }: Verification): string {
  const counts = LEDGER_TABLES.filter((table) => table !== "bots")
    .map((table) => `${tables[table]?.rows ?? 0} ${CALLED[table] ?? table}`);
  return `${counts.join(", ")} and its state, bit for bit${
    dropped > 0 ? `; ${dropped} more rows of equity are not kept any more` : ""
  }`;
}

function differenceLines({ detail, first, cause, tables }: Verification): string[] {
  if (!first) return [detail];
  const counts = LEDGER_TABLES.flatMap((table) => tallyTexts(table, tables[table]));
  return [
    `first: ${describeDifference(first)}`,
    `cause: ${cause}`,
    `in all: ${counts.join(", ")}`,
  ];
}

function tallyTexts(table: string, tally: Tally | undefined): string[] {
  return (["changed", "missing", "added"] as const)
    .filter((kind) => (tally?.[kind] ?? 0) > 0)
    .map((kind) => `${tally![kind]} ${table} ${kind}`);
}

function nowLines({ revised, tables, first, equity }: LateRevisions): string[] {
  const { count, first: from, last } = revised, many = count === 1 ? "candle" : "candles";
  const span = count === 1 ? iso(from) : `${iso(from)} to ${iso(last)}`;
  const revisions = `since then ${count} ${many} came late or changed (${span})`;
  if (!first) return [`${revisions}: it would do the same on them`];
  const counts = LEDGER_TABLES.filter((table) => table !== "bots")
    .flatMap((table) => tallyTexts(table, tables[table]));
  return [
    `${revisions}: on them it would have ${counts.join(", ")}, ${formatNumber(equity, "money")} ` +
    "in the end",
  ];
}
