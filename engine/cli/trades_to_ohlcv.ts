import { resolve } from "node:path";
import { Command, Option } from "commander";
import { CandleBuilder } from "../market/candle_builder.ts";
import { type Candle, Candles } from "../market/candles.ts";
import { writeCandlesCsv } from "../market/candles_csv.ts";
import { InputError } from "../market/errors.ts";
import { describeTape, type TapeContent } from "../market/describe_tape.ts";
import { readTape } from "../market/tape.ts";
import { iso } from "../market/time.ts";
import {
  type Closed,
  nominalLength,
  openTime,
  parseTimeframe,
  type Timeframe,
} from "../market/timeframe.ts";
import { type Refusal, TradeGate } from "../live/collector/trade_gate.ts";
import { date } from "./options.ts";
import { print } from "./output.ts";
import { silentLines } from "./silent_lines.ts";
import { missingLines, unclearLines } from "./missing_lines.ts";
import { checkTapeOrder } from "./tape_order.ts";

interface Options {
  timeframe: Timeframe;
  closed: Closed;
  empty?: boolean;
  symbol?: string;
  market?: string;
  from?: number;
  to?: number;
  out: string;
}

/** `trades-to-ohlcv FILE --timeframe 1m --out FILE.csv` */
export function tradesToOhlcvCommand(): Command {
  return new Command()
    .description("Make candles of a file of trades")
    .argument("<file>", "CSV or CSV.gz with id, timestamp, price, amount, side")
    .requiredOption("--timeframe <timeframe>", "length of a candle, such as 1m", parseTimeframe)
    .addOption(
      new Option("--closed <side>", "left: candles cover [start, end); right: (start, end]")
        .choices(["left", "right"]).default("left"),
    )
    .option("--empty", "write a flat candle for each interval in which nobody traded")
    .option("--symbol <symbol>", "which symbol, if the file has several")
    .option("--market <market>", "which market, if the file has several")
    .option(
      "--from <date>",
      "the file has every trade since this UTC date; none before is wanted",
      date,
    )
    .option(
      "--to <date>",
      "the file has every trade until this UTC date; none after is wanted",
      date,
    )
    .requiredOption("--out <file>", "file to write: .csv or .csv.gz")
    .addHelpText("after", EXAMPLE)
    .action(run);
}

const EXAMPLE = `
Without --from and --to, the file is taken to be complete from its first trade to its last, of
whichever instrument, and intervals that reach beyond are left out. A bot decides on silent intervals
too: give --empty for candles on which a backtest does what a bot does. Where ids that count up one by
one leave some out, trades are missing, and there is no candle; where they leave out more than one in
twenty, they tell nothing, and a note says so.

Example:
  deno task trades-to-ohlcv data/sample_tape.csv.gz --timeframe 5m --empty --out candles_5m.csv`;

async function run(path: string, options: Options): Promise<void> {
  const { timeframe, out } = options;
  checkOut(path, out);
  const observed = await observedSpan(path, options);
  checkTapeOrder(path, observed.backwards);
  checkLength(path, observed, options);
  const { rows, late, refused } = await candlesOf(path, observed, options);
  if (rows.length === 0) {
    throw new InputError(`Cannot make ${timeframe} candles of ${path}: it spans no full interval`);
  }
  const candles = Candles.fromRows(timeframe, rows);
  await writeCandlesCsv(out, candles);
  const from = iso(openTime(rows[0].time, timeframe)), to = iso(rows.at(-1)!.time);
  const empty = rows.filter(({ kind }) => kind === "empty").length;
  print(
    `${out}: ${rows.length} candles of ${timeframe} from ${from} to ${to}, ${empty} of them empty; ` +
      `${late} late trades left out`,
  );
  if (!options.empty) { for (const line of silentLines(candles)) print(line); }
  for (const line of [...missingLines(observed.holes), ...unclearLines(observed)]) print(line);
  for (const line of refusedLines(refused)) print(line);
}

/** More candles than these are a mistake, or a wrong time: of one second they are half a year. */
const MOST = 20_000_000;

/** Refuses to write silence without end, as behind a trade whose time is wrong. */
function checkLength(path: string, { from, to }: TapeContent, { timeframe, empty }: Options): void {
  const count = Math.round((to - from) / nominalLength(timeframe));
  if (!empty || count <= MOST) return;
  throw new InputError(
    `Cannot make ${timeframe} candles of ${path} with --empty: from ${iso(from)} to ${
      iso(to)
    } that ` +
      `would be ${count.toLocaleString("en-US")} of them. Is a time wrong?`,
  );
}

/** Lines for people about trades that a collector does not take either. */
function refusedLines(refused: ReadonlyMap<Refusal, number>): string[] {
  const words: Partial<Record<Refusal, string>> = {
    "duplicate": "repeat a trade by its id: each is taken once",
    "wrong time": "are left out: their time is ahead of when they came",
  };
  return [...refused].map(([refusal, count]) => {
    return `${count.toLocaleString("en-US")} trades ${
      words[refusal] ?? `are left out: ${refusal}`
    }`;
  });
}

/** Refuses to write over the trades themselves, or a kind of file that this command does not write. */
function checkOut(path: string, out: string): void {
  if (!/\.csv(\.gz)?$/.test(out)) {
    throw new InputError(`Cannot write ${out}: --out must end in .csv or .csv.gz`);
  }
  if (resolve(path) === resolve(out)) {
    throw new InputError(`Cannot write the candles to ${out}: the trades are in that file`);
  }
}

/** The one instrument that is wanted, and since when and until when its trades are in the file. */
async function observedSpan(path: string, options: Options): Promise<TapeContent> {
  const { contents, others } = await describeTape(path, options), all = [...contents, ...others];
  if (contents.length === 1) {
    const from = Math.min(options.from ?? Infinity, ...all.map(({ from }) => from));
    const to = Math.max(options.to ?? -Infinity, ...all.map(({ to }) => to));
    return { ...contents[0], from, to };
  }
  const list = (contents.length > 0 ? contents : others).map(({ instrument, trades }) =>
    `--market ${instrument.exchange} --symbol ${instrument.symbol} (${trades} trades)`
  );
  const problem = contents.length > 0 ? "it has several instruments" : "it has no such instrument";
  throw new InputError(
    `Cannot make candles of ${path}: ${all.length > 0 ? problem : "it has no trades"}. ` +
      (list.length > 0 ? `Choose one of ${list.join(", ")}` : ""),
  );
}

/**
 * Time goes on by the instrument's own trades, since those of others may be ahead of it by some
 * milliseconds. Only at the end is it the time until which the file was observed.
 */
async function candlesOf(path: string, observed: TapeContent, options: Options) {
  const { timeframe, closed, empty = false, from = -Infinity, to = Infinity } = options;
  const { market, symbol } = options;
  const builder = new CandleBuilder({ timeframe, closed, empty, observedFrom: observed.from });
  const rows: Candle[] = [], holes = new Map(observed.holes.map((hole) => [hole.after, hole]));
  const gate = new TradeGate(), refused = new Map<Refusal, number>();
  for await (const batch of readTape(path, { market, symbol })) {
    for (const row of batch) {
      const { trade } = row, problem = gate.refuse(row);
      if (problem) {
        refused.set(problem.refusal, (refused.get(problem.refusal) ?? 0) + 1);
        continue;
      }
      rows.push(...builder.add(trade));
      const hole = holes.get(trade.id);
      if (hole) rows.push(...builder.lose(hole.from, hole.to + 1));
    }
  }
  // What lies on the end of (start, end] still belongs to it, and is there.
  const end = closed === "right" && to === observed.to ? to + 1 : observed.to;
  for (const candle of builder.advance(end)) rows.push(candle);
  const wanted = ({ time }: Candle) => openTime(time, timeframe) >= from && time <= to;
  return { rows: rows.filter(wanted), late: builder.late, refused };
}
