import type { Candles } from "../../market/candles.ts";
import { inferTimeframe } from "../../market/checks.ts";
import { InputError } from "../../market/errors.ts";
import { nominalLength, openTime, type Timeframe } from "../../market/timeframe.ts";

/** From so many rows on it is no accident that all lie on a coarser grid. */
const TELLING = 10;

/**
 * Refuses candles whose rows show a longer timeframe than they were said to have: every hour is a
 * boundary of minutes, too. A `sparse` source, whose silent intervals are absent, may look so where it
 * has few rows.
 */
export function checkSpacing(candles: Candles, source: string, sparse: boolean): void {
  const { timeframe, length } = candles, shown = shownBy(candles, source);
  if (!shown || nominalLength(shown) <= nominalLength(timeframe)) return;
  if (sparse && length < TELLING) return;
  const hint = length < TELLING ? ", or give --sparse if the file leaves silent intervals out" : "";
  throw new InputError(
    `Cannot take ${source} for ${timeframe} candles: its rows are ${shown} apart, and no two of them ` +
      `${timeframe}. Give --timeframe ${shown}${hint}`,
  );
}

/** The timeframe that the rows show, if none of them are as close as they were said to be. */
function shownBy({ time, timeframe, length }: Candles, source: string): Timeframe | undefined {
  for (let i = 1; i < length; i++) if (openTime(time[i], timeframe) === time[i - 1]) return;
  try {
    return inferTimeframe(time, source);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
