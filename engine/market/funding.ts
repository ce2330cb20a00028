import { Candles } from "./candles.ts";
import { checkOptions } from "./check_options.ts";
import { InputError } from "./errors.ts";
import { iso } from "./time.ts";
import { openTime } from "./timeframe.ts";

/**
 * What holding a perpetual costs: at each time (UTC milliseconds, rising) longs pay shorts this fraction
 * of the position, or are paid by them where it is negative.
 */
export interface FundingRates {
  time: ArrayLike<number>;
  rate: ArrayLike<number>;
}

/** Exchanges fund every 8 hours, or more often: rates farther apart than this leave some out. */
const FARTHEST = 86_400_000;

/**
 * The candles with what a position held over each of them pays: the rates of the times behind the close
 * of the candle before (in a gap, behind that) up to its own close; and what of it fell due in the gap, and
 * inside of the candle. Throws an `InputError` for rates
 * that are no numbers or out of order, or that do not cover the candles.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { Candles } from "./candles.ts";
 *
 * const hour = 3_600_000, row = { open: 9, high: 9, low: 9, close: 9, volume: 1, trades: 1 };
 * const rows = [8, 9, 10].map((n) => ({ ...row, time: n * hour, kind: "traded" as const }));
 * const rates = { time: [8 * hour, 16 * hour], rate: [0.0001, 0.0003] };
 * const candles = withFunding(Candles.fromRows("1h", rows), rates);
 * assert.deepEqual([...candles.funding!], [0.0001, 0, 0]);
 * ```
 */
export function withFunding(candles: Candles, rates: FundingRates): Candles {
  checkRates(rates);
  const { length, time, timeframe } = candles, column = () => new Float64Array(length);
  const funding = column(), fundingInGap = column(), fundingInside = column();
  const columns = { ...candles, funding, fundingInGap, fundingInside };
  if (length === 0) return new Candles(timeframe, columns, candles.decimals);
  const from = openTime(time[0], timeframe);
  checkCover(rates, from, time[length - 1]);
  let next = 0;
  while (rates.time[next] <= from) next++;
  for (let i = 0; i < length; i++) {
    const opened = openTime(time[i], timeframe);
    for (; rates.time[next] <= time[i]; next++) {
      funding[i] += rates.rate[next];
      if (rates.time[next] <= opened) fundingInGap[i] += rates.rate[next];
      else if (rates.time[next] < time[i]) fundingInside[i] += rates.rate[next];
    }
  }
  return new Candles(timeframe, columns, candles.decimals);
}

function checkRates(rates: FundingRates): void {
  checkOptions(rates, ["time", "rate"], "funding");
  const { time, rate } = rates;
  if (time?.length !== rate?.length || !(time?.length > 0)) {
    throw new InputError(
      `funding has ${time?.length ?? "no"} times and ${
        rate?.length ?? "no"
      } rates: it needs one rate ` +
        `for each time`,
    );
  }
  for (let n = 0; n < time.length; n++) {
    if (!Number.isFinite(time[n]) || !Number.isFinite(rate[n]) || Math.abs(rate[n]) >= 1) {
      throw new InputError(
        `funding: row ${n} is ${rate[n]} at ${
          time[n]
        }, but must be a fraction below 1 at a time in UTC ` +
          `milliseconds`,
      );
    }
    if (n > 0 && time[n] <= time[n - 1]) {
      throw new InputError(`funding: ${iso(time[n])} stands behind ${iso(time[n - 1])}`);
    }
  }
}

/** Refuses rates that leave a day of the candles out: they would count as nothing. */
function checkCover({ time }: FundingRates, from: number, to: number): void {
  const known = Array.from(time).filter((at) => at > from && at <= to);
  const times = [from, ...known, to];
  for (let n = 1; n < times.length; n++) {
    if (times[n] - times[n - 1] <= FARTHEST) continue;
    throw new InputError(
      `funding has no rate between ${iso(times[n - 1])} and ${
        iso(times[n])
      }: rates must cover the ` +
        `candles, at most a day apart`,
    );
  }
}
