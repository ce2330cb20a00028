import { type CalibrationRow, calibrationRow } from "./calibration_row.ts";
import type { Family } from "./family.ts";
import { plantedParts } from "./planted_parts.ts";
import { HOURS, type Outcome, outcomeOf, searchMarket } from "./search_market.ts";

/** How much to search. */
export interface CalibrationOptions {
  /** How many searches of noise, and how many of each planted ratio. */
  noise: number;
  planted: number;
  /** The planted Sharpe ratios, a year. */
  sharpes: readonly number[];
  hours?: number;
  seed?: number;
  progress?: (done: number, all: number) => void;
}

/** How many markets of noise say what the sets have in common. */
const COMPARED = 5;

/**
 * Searches noise and what is planted in noise, market by market, and says how often something was
 * found.
 */
export async function* calibrate(
  family: Family,
  { noise, planted, sharpes, hours = HOURS, seed = 1, progress = () => {} }: CalibrationOptions,
): AsyncGenerator<CalibrationRow> {
  const all = noise + planted * sharpes.length, parts: Float64Array[] = [];
  let done = 0;
  const searches = async (sharpe: number, count: number) => {
    const outcomes: Outcome[] = [];
    for (let i = 0; i < count; i++) {
      const found = await searchMarket(family, sharpe, seed + done, hours);
      if (parts.length < COMPARED) parts.push(plantedParts(found, family));
      outcomes.push(outcomeOf(found));
      progress(++done, all);
    }
    return outcomes;
  };
  const nothing = await searches(0, noise), days = hours / 24;
  const mean = parts[0].map((_, set) =>
    parts.reduce((sum, one) => sum + one[set], 0) / parts.length
  );
  const basis = { days, noise: nothing.map(({ ratios }) => ratios), parts: mean };
  yield calibrationRow(0, nothing, basis);
  for (const sharpe of sharpes) {
    yield calibrationRow(sharpe, await searches(sharpe, planted), basis);
  }
}
