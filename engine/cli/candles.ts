import { Command } from "commander";
import { marketName } from "../market/market_name.ts";
import { iso } from "../market/time.ts";
import { parseTimeframe, type Timeframe } from "../market/timeframe.ts";
import { holes } from "../storage/archive/holes.ts";
import { listSeries, type SeriesSummary, silentIntervals } from "../storage/archive/list_series.ts";
import { readSeries } from "../storage/archive/read_series.ts";
import { coverage } from "../storage/archive/spans.ts";
import { holeLines } from "./hole_text.ts";
import { type ArchiveOptions, withArchive } from "./market_options.ts";
import { print } from "./output.ts";

interface Options extends ArchiveOptions {
  exchange?: string;
  symbol?: string;
  timeframe?: Timeframe;
  gaps?: boolean;
}

/** `candles [--gaps]` */
export function candlesCommand(): Command {
  const command = new Command().description(
    "List the candles of the archive, their spans and gaps",
  );
  return withArchive(command)
    .option("--exchange <name>", "only those of this exchange")
    .option("--symbol <symbol>", "only those of this symbol")
    .option("--timeframe <timeframe>", "only those of this length", parseTimeframe)
    .option("--gaps", "list every stretch without candles, silent ones too")
    .addHelpText("after", "\nExample:\n  deno task candles --exchange okx --gaps")
    .action(run);
}

async function run(options: Options): Promise<void> {
  const { archive, exchange, symbol, timeframe } = options;
  const all = (await listSeries(archive)).filter(({ key }) =>
    key.exchange === (exchange ?? key.exchange) && key.symbol === (symbol ?? key.symbol) &&
    key.timeframe === (timeframe ?? key.timeframe)
  );
  if (all.length === 0) print(nothing(options, await listSeries(archive)));
  for (const series of all) print((await linesOf(archive, series, options)).join("\n"));
}

function nothing({ archive }: Options, there: readonly SeriesSummary[]): string {
  const names = there.map(({ key }) => marketName(key)).join(", ");
  if (names !== "") return `No such candles. There are ${names}`;
  return `No candles in ${archive}. \`deno task fetch\` gets an exchange's own, ` +
    "`deno task import` those of a file.";
}

async function linesOf(
  root: string,
  series: SeriesSummary,
  { gaps = false }: Options,
): Promise<string[]> {
  const { key, candles, spans } = series, { exchange, symbol, timeframe } = key;
  const known = coverage(spans), silent = silentIntervals(series);
  const whole = { from: known[0].from, to: known.at(-1)!.to };
  const count = candles.toLocaleString("en-US"), absent = silent.toLocaleString("en-US");
  const lines = [
    `${exchange} ${symbol} ${timeframe}: ${count} candles from ${iso(whole.from)} to ${
      iso(whole.to)
    }` +
    (silent > 0 ? `, ${absent} intervals silent` : ""),
    ...spans.map(({ from, to, source }) => `  ${iso(from)} to ${iso(to)}  ${source}`).slice(
      0,
      SHOWN,
    ),
    ...(spans.length > SHOWN ? [`  … ${spans.length - SHOWN} other spans`] : []),
  ];
  if (!gaps && known.length === 1) return lines;
  const found = holes(await readSeries(root, key), whole);
  const told = holeLines(gaps ? found : found.filter(({ kind }) => kind === "unknown"), timeframe);
  return told.length === 0
    ? lines
    : [...lines, "  Without candles:", ...told.map((line) => `  ${line}`)];
}

/** So many spans are listed of a series. */
const SHOWN = 12;
