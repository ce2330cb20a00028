import { Candles } from "../market/candles.ts";
import { InputError } from "../market/errors.ts";
import { withFunding } from "../market/funding.ts";
import { readFundingCsv } from "../market/funding_csv.ts";
import { iso } from "../market/time.ts";
import { withInstruments } from "../market/with_instruments.ts";
import { fingerprint } from "../research/fingerprint.ts";
import {
  fundingFingerprint,
  type WantedCandles,
  type WantedData,
} from "../search/distributed/described_search.ts";
import { withStoreThere } from "../storage/database_there.ts";
import { storedCandles } from "../storage/stored_candles.ts";
import { backtestCandles, seriesNamed } from "./backtest_candles.ts";

/** Where data is looked for. */
export interface Places {
  /** The folder of the archive. */
  root: string;
  /** What `--candles` names here. */
  candles: readonly string[];
}

/**
 * The data of a search, as it is where the search was begun: known by its fingerprints, wherever it lies here.
 * Throws an `InputError` that says what is lacking, and what is there in its place.
 */
export async function findData(
  { candles, decimals, instruments, funding }: WantedData,
  places: Places,
): Promise<Candles> {
  const found = await findCandles(candles, places);
  // How finely prices are written is no part of a fingerprint.
  const own = new Candles(found.timeframe, found, decimals);
  const funded = funding ? withFunding(own, await findFunding(funding)) : own;
  const others: [string, Candles][] = [];
  for (const [symbol, wanted] of Object.entries(instruments)) {
    others.push([symbol, await findCandles(wanted, places)]);
  }
  return others.length === 0 ? funded : withInstruments(funded, Object.fromEntries(others));
}

async function findCandles(wanted: WantedCandles, places: Places): Promise<Candles> {
  const { from, to } = wanted, tried: string[] = [];
  for (const [name, load] of candidates(wanted, places)) {
    try {
      const candles = (await load()).between(from, to), hash = fingerprint(candles);
      if (hash === wanted.fingerprint) return candles;
      tried.push(`${name} has other candles (${described(candles, hash)})`);
    } catch (error) {
      if (!isMissing(error)) throw error;
      tried.push(error.message);
    }
  }
  const what = described({ length: wanted.count, timeframe: wanted.timeframe }, wanted.fingerprint);
  throw new InputError(
    `${wanted.named} from ${iso(from)} to ${iso(to)} (${what}) is not here. ${tried.join(". ")}. ` +
      "Fetch or import it into the archive, or name a file that has it with --candles",
  );
}

type Candidate = [name: string, load: () => Promise<Candles>];

function candidates({ named, stamp, from, to }: WantedCandles, places: Places): Candidate[] {
  const { root } = places, key = seriesNamed(named);
  const read = (name: string) => async () =>
    (await backtestCandles(name, { root, ...(stamp && { stamp }) })).candles;
  const stored = () =>
    withStoreThere((store) => {
      const request = { key: key!, from, to, prefer: "database" } as const;
      return storedCandles({ root, store }, request);
    });
  return [
    [named, read(named)],
    ...(key ? [["The database", stored] satisfies Candidate] : []),
    ...places.candles.map((name): Candidate => [name, read(name)]),
  ];
}

function described(
  { length, timeframe }: Pick<Candles, "length" | "timeframe">,
  hash: string,
): string {
  return `${length.toLocaleString("en-US")} of ${timeframe}, fingerprint ${hash.slice(0, 8)}`;
}

/** Whether it is an error of what is not there, or not as it must be. */
function isMissing(error: unknown): error is Error {
  return error instanceof InputError || error instanceof Deno.errors.NotFound;
}

async function findFunding({ named, fingerprint }: NonNullable<WantedData["funding"]>) {
  const rates = await readFundingCsv(named);
  if (fundingFingerprint(rates) === fingerprint) return rates;
  throw new InputError(`${named} has other funding rates here`);
}
