import type { Look } from "./look.ts";

/** What a trade has to say of how it ended: its profit or, the same by its sign, its return. */
type Ended = { pnl: number } | { return: number };

/** What came of a trade, its fees paid. */
const OUTCOMES = ["won", "lost", "exactly 0"] as const;
export type Outcome = typeof OUTCOMES[number];

/** What came of a trade. */
export function outcomeOf(trade: Ended): Outcome {
  const pnl = "pnl" in trade ? trade.pnl : trade.return;
  return pnl > 0 ? "won" : pnl < 0 ? "lost" : "exactly 0";
}

/** What came of some trades, each outcome once. */
export function outcomesOf(trades: readonly Ended[]): Outcome[] {
  const there = new Set(trades.map(outcomeOf));
  return OUTCOMES.filter((outcome) => there.has(outcome));
}

/** How trades of an outcome are drawn. */
export function outcomeStyle(
  outcome: Outcome,
  { profit, loss, hold }: Look,
): { colour: string; sign: "line" | "dashed" } {
  if (outcome === "won") return { colour: profit, sign: "line" };
  return { colour: outcome === "lost" ? loss : hold, sign: "dashed" };
}
