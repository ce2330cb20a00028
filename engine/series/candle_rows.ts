import { type Candle, type CandleColumns, type Field, FIELDS } from "../market/candles.ts";
import { InputError } from "../market/errors.ts";
import type { Buffers } from "./buffers.ts";
import { instrumentsOf, type Program } from "./program.ts";

/** Candles as columns of the buffers. */
export type Rows = Pick<CandleColumns, "time" | Field>;

/** Those of another market: NaN on a row on which it has none. */
export type OtherRows = Pick<CandleColumns, Field>;

/** The candles that a program reads, those of other markets beside its own. */
export class CandleRows {
  readonly own: Rows;
  readonly others: ReadonlyMap<string, OtherRows>;
  private readonly loaded: readonly Field[];
  private readonly loadedOf: ReadonlyMap<string, readonly Field[]>;

  constructor(
    program: Program,
    columns: readonly Float64Array[],
    private readonly buffers: Buffers,
    history: number,
  ) {
    const { steps } = program, longer = steps.filter((step) => step.kind === "longer");
    const read = (market?: string) =>
      new Map(
        steps.flatMap((it) =>
          it.kind === "candle" && it.instrument === market ? [[it.field, columns[it.out]]] : []
        ),
      );
    const rows = (used: Map<Field, Float64Array>) =>
      Object.fromEntries(
        FIELDS.map((field) => [field, used.get(field) ?? buffers.column(0)]),
      ) as OtherRows;
    const used = read(), own = rows(used);
    this.own = { time: buffers.column(history), ...own };
    this.loaded = longer.length > 0 ? FIELDS : [...used.keys()];
    const symbols = [...instrumentsOf(program)];
    const inside = new Set(longer.flatMap((step) => [...instrumentsOf(step.program)]));
    this.others = new Map(symbols.map((symbol) => [symbol, rows(read(symbol))]));
    this.loadedOf = new Map(symbols.map((symbol) => {
      return [symbol, inside.has(symbol) ? FIELDS : [...read(symbol).keys()]];
    }));
  }

  /** Takes the candles [from, to) as the next rows, for which there must be room. */
  load(candles: CandleColumns, from: number, to: number): void {
    const { own, others, buffers: { end } } = this;
    own.time.set(candles.time.subarray(from, to), end);
    for (const field of this.loaded) own[field].set(candles[field].subarray(from, to), end);
    for (const [symbol, rows] of others) {
      const columns = candles.instruments?.[symbol];
      if (columns === undefined) throw new InputError(missing(symbol));
      for (const field of this.loadedOf.get(symbol)!) {
        rows[field].set(columns[field].subarray(from, to), end);
      }
    }
    this.buffers.end += to - from;
  }

  /** Takes one candle as the next row, and of each other market what `other` gives; room must be there. */
  append(candle: Candle, other: (symbol: string) => Candle | undefined): void {
    const { own, others, buffers } = this;
    own.time[buffers.end] = candle.time;
    for (const field of this.loaded) own[field][buffers.end] = candle[field];
    for (const [symbol, rows] of others) {
      const found = other(symbol);
      for (const field of this.loadedOf.get(symbol)!) {
        rows[field][buffers.end] = found === undefined ? NaN : found[field];
      }
    }
    buffers.end++;
  }
}

function missing(symbol: string): string {
  return `The candles of ${symbol} are missing, which instrument("${symbol}", …) reads: ` +
    `give instruments: { "${symbol}": candles }, or withInstruments(candles, { … })`;
}
