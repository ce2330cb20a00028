import type { Timeframe } from "../market/timeframe.ts";
import { describeDifferences } from "../storage/archive/difference.ts";
import { PLACES } from "../storage/join_candles.ts";
import type { Verified } from "../storage/verify_candles.ts";

/** What holding the archive against the database gave, for people; no lines if there was nothing to. */
export function verifiedLines({ candles, trades }: Verified, timeframe: Timeframe): string[] {
  const { compared, differences } = trades,
    same = compared - differences.length,
    lines: string[] = [];
  if (compared > 0) {
    lines.push(`${same} of ${compared} candles are those of the database's trades`);
  }
  if (differences.length > 0) {
    const names = { stored: "the archive", found: "the trades" };
    lines.push(`They differ: ${describeDifferences(differences, timeframe, names)}`);
  }
  if (candles.length > 0) {
    const what = describeDifferences(candles, timeframe, PLACES);
    lines.push(`${candles.length} candles differ from the database's own: ${what}`);
  }
  return lines;
}
