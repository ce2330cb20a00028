import { counted } from "../market/counted.ts";
import type { TapeContent } from "../market/describe_tape.ts";
import type { IdHole } from "../market/id_holes.ts";
import { iso } from "../market/time.ts";

/** So many are told one by one. */
const TOLD = 5;

/** Lines for people about trades that a tape lacks, by the ids that it leaves out. */
export function missingLines(holes: readonly IdHole[]): string[] {
  const lines = holes.slice(0, TOLD).map(({ from, to, missing }) => {
    const trades = `${counted(missing)} ${missing === 1 ? "trade" : "trades"}`;
    return `${trades} of ${iso(from)} to ${iso(to)} are not in it, by the ids: no candles there`;
  });
  return holes.length > TOLD ? [...lines, `and ${holes.length - TOLD} more such gaps`] : lines;
}

/** A line where ids look as if they counted trades, and so many are left out that they tell nothing. */
export function unclearLines({ instrument, unclearIds }: TapeContent): string[] {
  if (!unclearIds) return [];
  const { exchange, symbol } = instrument, { following, steps } = unclearIds;
  return [
    `The ids do not tell whether trades of ${exchange} ${symbol} are missing: ` +
    `${counted(following)} of ${counted(steps)} follow the one before`,
  ];
}
