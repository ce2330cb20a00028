import { Command } from "commander";
import { InputError } from "../market/errors.ts";
import { iso } from "../market/time.ts";
import { closeTime } from "../market/timeframe.ts";
import type { History } from "../ports/history.ts";
import { withStoreThere } from "../storage/database_there.ts";
import { describeDifferences } from "../storage/archive/difference.ts";
import { fetchCandles, type Fetched } from "../storage/archive/fetch_candles.ts";
import { holes } from "../storage/archive/holes.ts";
import { readSeries } from "../storage/archive/read_series.ts";
import type { Span } from "../storage/archive/spans.ts";
import { verifyCandles } from "../storage/verify_candles.ts";
import { type ExchangeOptions, readExchangeOptions } from "./exchange_options.ts";
import { holeLines } from "./hole_text.ts";
import {
  type ArchiveOptions,
  checkMayWrite,
  type MarketOptions,
  withArchive,
  withMarket,
} from "./market_options.ts";
import { aboveZero, date } from "./options.ts";
import { note, print } from "./output.ts";
import { progress } from "./progress.ts";
import { stopSignal } from "./stop_signal.ts";
import { verifiedLines } from "./verified_lines.ts";

interface FetchOptions extends MarketOptions, ArchiveOptions {
  from: number;
  to?: number;
  verify?: boolean;
  replace?: boolean;
  exchangeOptions?: string;
  patience: number;
}

/** Opens an exchange, which is given up after so many minutes without any answer. */
export type OpenHistory = (
  exchange: string,
  settings: ExchangeOptions,
  patience: number,
) => History;

/** `fetch --exchange okx --symbol BTC/USDT --timeframe 1m --from 2024-01-01`, from what `open` opens. */
export function fetchCommandWith(open: OpenHistory): Command {
  const command = new Command()
    .description(
      "Fetch an exchange's own candles into the archive; it goes on where it was stopped",
    );
  return withArchive(withMarket(command))
    .requiredOption("--from <date>", "since this UTC date", date)
    .option("--to <date>", "until this UTC date (default: now)", date)
    .option("--verify", "ask again for what is there, and list what differs")
    .option("--replace", "ask again for what is there, and take the exchange's candles")
    .option("--exchange-options <file>", "JSON with ccxt's settings of exchanges, by name")
    .option(
      "--patience <minutes>",
      "how long an exchange that gives no answer at all is asked",
      aboveZero,
      5,
    )
    .addHelpText("after", EXAMPLE)
    .action(async (options: FetchOptions) => {
      const settings = await readExchangeOptions(options.exchangeOptions);
      await checkMayWrite(options.archive);
      await run(open(options.exchange, settings, options.patience), options, stopSignal());
    });
}

const EXAMPLE = `
What was fetched is held against the database, if there is one: its candles, and its trades.
A network that is down is waited for, for --patience minutes; then it ends with exit code 1. What came
until then is kept, and the same command goes on from there. A rate limit is waited for as long as it takes.

Example:
  deno task fetch --exchange okx --symbol BTC/USDT --timeframe 1m --from 2024-01-01`;

/** Fetches as the command's flags say, and prints what came of it. */
async function run(
  history: History,
  options: FetchOptions,
  signal: AbortSignal,
): Promise<void> {
  const { exchange, symbol, timeframe, archive: root, from, to = Date.now(), verify, replace } =
    options;
  if (verify && replace) {
    throw new InputError("Give --verify or --replace: each asks for all again");
  }
  const key = { exchange, symbol, timeframe }, bar = progress();
  const known = replace ? "replace" : verify ? "verify" : "skip";
  const fetched = await fetchCandles({
    ...{ root, history, key, from, to, signal, known },
    onProgress: ({ done, through, candles }) =>
      bar.show(done, `${candles.toLocaleString("en-US")} candles, to ${iso(through)}`),
  }).finally(() => bar.end());
  print([
    `${exchange} ${symbol} ${timeframe}: ${toldText(fetched)}`,
    ...differenceLines(fetched, options),
    ...await holesThere(options, { from, to }),
  ].join("\n"));
  if (signal.aborted) return note("Stopped: the same command goes on from here");
  (await held(options, { from, to })).forEach(print);
}

function toldText({ candles, told, wasThere }: Fetched): string {
  if (wasThere) return "everything was there";
  if (told.length === 0) return "nothing came";
  const spans = told.map(({ from, to }) => `${iso(from)} to ${iso(to)}`).join(", ");
  return `fetched ${candles.toLocaleString("en-US")} candles, ${spans}`;
}

function differenceLines({ differences }: Fetched, { timeframe, replace }: FetchOptions): string[] {
  if (differences.length === 0) return [];
  const names = { stored: "the archive", found: "the exchange" };
  const what = describeDifferences(differences, timeframe, names);
  const done = replace ? "replaced" : "the archive's are kept; --replace takes the exchange's";
  return [`${differences.length} candles differ (${done}): ${what}`];
}

/** Where there are no candles in what is known by now. */
async function holesThere(
  { exchange, symbol, timeframe, archive }: FetchOptions,
  span: Span,
): Promise<string[]> {
  const known = await readSeries(archive, { exchange, symbol, timeframe }, span);
  if (known.spans.length === 0) return [];
  const whole = { from: closeTime(span.from - 1, timeframe), to: known.spans.at(-1)!.to };
  const lines = holeLines(holes(known, whole), timeframe);
  return lines.length === 0 ? [] : ["Without candles:", ...lines];
}

/** What holding it against the database gave. */
async function held(options: FetchOptions, span: Span): Promise<string[]> {
  const { exchange, symbol, timeframe, archive: root } = options;
  return await withStoreThere(async (store) => {
    if (!store) return [];
    const key = { exchange, symbol, timeframe };
    return verifiedLines(await verifyCandles({ root, store }, key, span), timeframe);
  });
}
