import { sql as tables } from "./0001_tables.ts";
import { sql as observation } from "./0002_observation.ts";
import { sql as stops } from "./0003_stops.ts";
import { sql as scaling } from "./0004_scaling.ts";
import { sql as funding } from "./0005_funding.ts";
import { sql as runners } from "./0006_runners.ts";
import { sql as fills } from "./0007_fills.ts";
import { sql as botFills } from "./0008_bot_fills.ts";
import { sql as results } from "./0009_results.ts";
import { sql as refusals } from "./0010_refusals.ts";
import { sql as verification } from "./0011_verification.ts";
import { sql as wishes } from "./0012_wishes.ts";
import { sql as missingCandles } from "./0013_missing_candles.ts";
import { sql as sharing } from "./0014_sharing.ts";
import { sql as onePlace } from "./0015_one_place.ts";

/** One step of the tables' history. */
export interface Migration {
  number: number;
  name: string;
  sql: string;
}

/** Every migration, in order. They only go forward: a released one is never changed. */
export const MIGRATIONS: readonly Migration[] = [
  { number: 1, name: "tables", sql: tables },
  { number: 2, name: "observation", sql: observation },
  { number: 3, name: "stops", sql: stops },
  { number: 4, name: "scaling", sql: scaling },
  { number: 5, name: "funding", sql: funding },
  { number: 6, name: "runners", sql: runners },
  { number: 7, name: "fills", sql: fills },
  { number: 8, name: "bot_fills", sql: botFills },
  { number: 9, name: "results", sql: results },
  { number: 10, name: "refusals", sql: refusals },
  { number: 11, name: "verification", sql: verification },
  { number: 12, name: "wishes", sql: wishes },
  { number: 13, name: "missing_candles", sql: missingCandles },
  { number: 14, name: "sharing", sql: sharing },
  { number: 15, name: "one_place", sql: onePlace },
];
