import { type Candle, type CandleColumns, type Field, FIELDS } from "../market/candles.ts";
import { InputError } from "../market/errors.ts";
import type { Buffers } from "./buffers.ts";
import { instrumentsOf, type Program, type Slot, type Step } from "./program.ts";
import { loadPrices } from "./ticks.ts";

/** Candles as columns of the buffers. */
export type Rows = Pick<CandleColumns, "time" | Field>;

/** Those of another market: NaN on a row on which it has none. */
export type OtherRows = Pick<CandleColumns, Field>;

/** A column that nothing reads. */
const UNREAD = new Float64Array(0);

/** The candles that a program reads, those of other markets beside its own. */
export class CandleRows {
  readonly own: Rows;
  readonly others: ReadonlyMap<string, OtherRows>;
  /** Prices of its own as whole ticks, where a kernel wants them. */
  readonly ticks = new Map<Field, Float64Array>();
  /** How many ticks one unit of a price has. */
  readonly scale: number;
  private readonly timed: boolean;
  private readonly loaded: readonly Field[];
  private readonly loadedOf: ReadonlyMap<string, readonly Field[]>;
  /** The columns of candles that are read where they are, as long as nothing but one run of them comes. */
  private readonly inPlace = new Map<Field, Slot>();
  private source: CandleColumns | undefined;
  private next = 0;

  /** `inPlace` are columns that none but kernels reads, over candles that stay as they are. */
  constructor(
    program: Program,
    private readonly columns: Float64Array[],
    private readonly buffers: Buffers,
    private readonly history: number,
    decimals: number | undefined,
    inPlace: ReadonlySet<Slot>,
  ) {
    this.scale = 10 ** (decimals ?? 0);
    const { steps } = program, longer = steps.filter((step) => step.kind === "longer");
    const read = (market?: string) =>
      new Map(
        steps.flatMap((it) =>
          it.kind === "candle" && it.instrument === market ? [[it.field, columns[it.out]]] : []
        ),
      );
    const rows = (used: Map<Field, Float64Array>) =>
      Object.fromEntries(
        FIELDS.map((field) => [
          field,
          used.get(field) ?? (longer.length > 0 ? buffers.column(0) : UNREAD),
        ]),
      ) as OtherRows;
    const used = read(), own = rows(used);
    this.timed = steps.some((step) => readsTime(step, decimals !== undefined));
    this.own = { time: this.timed ? buffers.column(history) : UNREAD, ...own };
    this.loaded = longer.length > 0 ? FIELDS : [...used.keys()];
    for (const step of steps) {
      const isOwn = step.kind === "candle" && step.instrument === undefined;
      if (isOwn && longer.length === 0 && inPlace.has(step.out)) {
        this.inPlace.set(step.field, step.out);
      }
    }
    const symbols = [...instrumentsOf(program)];
    const inside = new Set(longer.flatMap((step) => [...instrumentsOf(step.program)]));
    this.others = new Map(symbols.map((symbol) => [symbol, rows(read(symbol))]));
    this.loadedOf = new Map(symbols.map((symbol) => {
      return [symbol, inside.has(symbol) ? FIELDS : [...read(symbol).keys()]];
    }));
  }

  /** Whether a column may lie elsewhere with the next rows. */
  moves(slot: Slot): boolean {
    return [...this.inPlace.values()].includes(slot);
  }

  /** To be told what comes, before room is made for it. */
  expect(candles: CandleColumns, from: number, to: number): void {
    if (this.inPlace.size === 0) return;
    if (from !== this.next || (from > 0 && candles !== this.source)) this.settle();
    this.source = candles;
    this.next = to;
  }

  /** Copies what was read in place, as far as it may be looked back at; further rows are copied as they come. */
  settle(): void {
    const { own, columns, history, buffers: { end } } = this;
    for (const [field, slot] of this.inPlace) {
      const rows = columns[slot];
      if (rows !== own[field]) own[field].set(rows.subarray(end - history, end), end - history);
      columns[slot] = own[field];
    }
    this.inPlace.clear();
  }

  /** Takes the candles [from, to) as the next rows, for which there must be room. */
  load(candles: CandleColumns, from: number, to: number): void {
    const { own, others, buffers: { end } } = this;
    if (this.timed) own.time.set(candles.time.subarray(from, to), end);
    for (const field of this.loaded) {
      const slot = this.ticks.has(field) ? undefined : this.inPlace.get(field);
      // So early on, rows before the first would be looked back at.
      if (slot === undefined || from < end) this.take(candles[field].subarray(from, to), field);
      else this.columns[slot] = candles[field].subarray(from - end, to);
    }
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
    if (this.timed) own.time[buffers.end] = candle.time;
    for (const field of this.loaded) this.take(Float64Array.of(candle[field]), field);
    for (const [symbol, rows] of others) {
      const found = other(symbol);
      for (const field of this.loadedOf.get(symbol)!) {
        rows[field][buffers.end] = found === undefined ? NaN : found[field];
      }
    }
    buffers.end++;
  }

  private take(given: Float64Array, field: Field): void {
    const { own, scale, buffers: { end } } = this, ticks = this.ticks.get(field);
    if (ticks) loadPrices(given, own[field], ticks, end, scale, field);
    else own[field].set(given, end);
  }
}

/** Whether a step needs the times of rows; those that sum ticks do without. */
export function readsTime(step: Step, hasTicks: boolean): boolean {
  if (step.kind !== "kernel" || step.kernel.kind !== "kernel") return step.kind === "longer";
  const { kernel, price } = step;
  return kernel.timed && !(kernel.exact && hasTicks && price !== undefined);
}

function missing(symbol: string): string {
  return `The candles of ${symbol} are missing, which instrument("${symbol}", …) reads: ` +
    `give instruments: { "${symbol}": candles }, or withInstruments(candles, { … })`;
}
