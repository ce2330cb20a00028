import type { Candles } from "../../market/candles.ts";
import { InputError } from "../../market/errors.ts";
import { iso } from "../../market/time.ts";
import { openTime } from "../../market/timeframe.ts";
import type { MarketKey } from "../../ports/store.ts";
import { type Change, startChange } from "../archive/change.ts";
import { describeDifferences, type Difference } from "../archive/difference.ts";
import { runs } from "../archive/holes.ts";
import { withArchiveLock } from "../archive/lock.ts";
import { coverage, type KnownSpan, type Span } from "../archive/spans.ts";
import { checkSpacing } from "./check_spacing.ts";
import { type CandleFile, type CandleFileOptions, readCandleFile } from "./candle_file.ts";
import { spanOfName } from "./market_of_name.ts";

/** How to import; what is not said of the market is told by each file itself, or its name. */
export interface ImportOptions extends CandleFileOptions, Partial<MarketKey> {
  /** Absent intervals were silent; otherwise they are unknown. */
  sparse?: boolean;
  /** Where the archive has other values, take those of the files; otherwise that is refused. */
  replace?: boolean;
  /** The time now, UTC milliseconds: candles that close a day later or more are refused. */
  now?: number;
}

/** What came of a file. */
export interface Imported {
  path: string;
  key: MarketKey;
  candles: Candles;
  /** Where the archive had something else: replaced now. */
  differences: Difference[];
}

/**
 * Imports files of candles into the archive in the folder `root`: all of them, or, if anything is wrong
 * with one, none. Throws an `InputError` that says what is wrong.
 */
export async function importCandles(
  root: string,
  paths: readonly string[],
  options: ImportOptions = {},
): Promise<Imported[]> {
  return await withArchiveLock(root, async () => {
    const change = startChange(root), all: Imported[] = [];
    for (const path of paths) all.push(await add(change, path, options));
    await change.write();
    return all;
  });
}

async function add(change: Change, path: string, options: ImportOptions): Promise<Imported> {
  const file = await readCandleFile(path, options), { candles } = file;
  if (candles.length === 0) throw new InputError(`Cannot import ${path}: it has no candles`);
  checkName(path, file, options);
  checkFuture(path, candles, options.now);
  const key = keyOf(path, file, options), { replace = false, sparse = false } = options;
  // A file that says its spans was written by Lockstep, and says its timeframe.
  if (!file.spans) checkSpacing(candles, path, sparse);
  else if (sparse) {
    throw new InputError(`${path} says itself of which time it has all: leave --sparse out`);
  }
  const source = `imported from ${path.replace(/^.*[/\\]/, "")}`;
  const spans = spansOf(file, options).map((span): KnownSpan => ({ ...span, source }));
  const differences = await change.add(key, { candles, spans }, { replace });
  if (differences.length === 0 || replace) return { path, key, candles, differences };
  const names = { stored: "the archive", found: "the file" };
  throw new InputError(
    `Cannot import ${path}: ${differences.length} of its candles differ from what is there: ` +
      `${describeDifferences(differences, key.timeframe, names)}. ` +
      "Give --replace to take the file's",
  );
}

/** Clocks may be a little wrong, and a day's candle is stamped with its end. */
const AHEAD = 86_400_000;

/** Refuses candles that nobody can have. */
function checkFuture(path: string, { time, length }: Candles, now = Infinity): void {
  if (time[length - 1] - now <= AHEAD) return;
  throw new InputError(
    `Cannot import ${path}: its last candle closes at ${iso(time[length - 1])}, and it is ${
      iso(now)
    }`,
  );
}

/** Refuses a file that is not what its name says. */
function checkName(path: string, { market, candles }: CandleFile, { symbol }: ImportOptions): void {
  const pair = (name: string) => name.replace(/:.*$/, "");
  if (symbol && market.symbol && pair(symbol) !== pair(market.symbol)) {
    throw new InputError(
      `Cannot import ${path} as ${symbol}: by its name it is ${market.symbol}. Rename it if that is wrong`,
    );
  }
  const span = spanOfName(path), { time, timeframe, length } = candles;
  const first = openTime(time[0], timeframe), last = openTime(time[length - 1], timeframe);
  // A week or a month may begin before what the file is named after.
  if (!span || (time[0] > span.from && last < span.to)) return;
  throw new InputError(
    `Cannot import ${path}: by its name its candles are from ${iso(span.from)} to ${
      iso(span.to)
    }, and ` +
      `they are from ${iso(first)} to ${iso(time[length - 1])}. Rename it if the name is wrong`,
  );
}

function keyOf(path: string, { market, candles }: CandleFile, options: ImportOptions): MarketKey {
  const { exchange = market.exchange, symbol = market.symbol } = options;
  if (exchange && symbol) return { exchange, symbol, timeframe: candles.timeframe };
  const missing = [...(exchange ? [] : ["--exchange"]), ...(symbol ? [] : ["--symbol"])];
  throw new InputError(
    `Cannot tell the market of ${path} from its name: give ${missing.join(" and ")}`,
  );
}

/** Of which time the candles are all. */
function spansOf({ candles, spans }: CandleFile, { sparse = false }: ImportOptions): Span[] {
  if (spans) return coverage(spans);
  const { time, timeframe, length } = candles;
  if (sparse) return [{ from: openTime(time[0], timeframe), to: time[length - 1] }];
  return runs(candles);
}
