import type { IdHole } from "../market/id_holes.ts";
import { iso } from "../market/time.ts";

/** So many are told one by one. */
const TOLD = 5;

/** Lines for people about trades that a tape lacks, by the ids that it leaves out. */
export function missingLines(holes: readonly IdHole[]): string[] {
  const lines = holes.slice(0, TOLD).map(({ from, to, missing }) => {
    const trades = `${missing.toLocaleString("en-US")} ${missing === 1 ? "trade" : "trades"}`;
    return `${trades} of ${iso(from)} to ${iso(to)} are not in it, by the ids: no candles there`;
  });
  return holes.length > TOLD ? [...lines, `and ${holes.length - TOLD} more such gaps`] : lines;
}
