import { InputError } from "../market/errors.ts";
import { nests, parseTimeframe, type Timeframe } from "../market/timeframe.ts";

/** Refuses a strategy's timeframe that the candles given cannot make. Notebooks check no types. */
export function checkClocks(timeframe: Timeframe, base: Timeframe): void {
  if (nests(base, parseTimeframe(timeframe))) return;
  throw new InputError(
    `Cannot run ${timeframe} candles on ${base} ones: the strategy's timeframe must be that of the ` +
      `candles, or a longer one each boundary of which is one of theirs`,
  );
}
