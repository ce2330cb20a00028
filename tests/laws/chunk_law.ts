import assert from "node:assert/strict";
import { type Random, seededRandom } from "../../data/random.ts";
import {
  allocateColumns,
  type CandleColumns,
  Candles,
  eachInstrument,
  FIELDS,
} from "../../engine/market/candles.ts";
import type { Expression } from "../../engine/series/expression.ts";
import { Plan, type PlanOptions } from "../../engine/series/plan.ts";
import { CHUNK_SIZES, type Cut, evenCuts, POISONS, randomCuts } from "./cuts.ts";
import { assertNoNegativeZero, assertSameBits } from "./same_bits.ts";
import { nothingTold, type Told } from "./told.ts";

/** What came out of a machine: one column a name, and what it reported. */
export interface Output {
  columns: Map<string, Float64Array>;
  told: Told;
  /** Rows that were written to the columns so far. */
  written: number;
}

/** Something that takes candles, a few at a time, and can be stopped and resumed. */
export interface Machine {
  /** Takes the candles [from, to) and writes what comes of them into its output. */
  advance(candles: Candles, from: number, to: number): void;
  save(): Uint8Array;
  restore(bytes: Uint8Array): void;
  /** Takes candles again before `restore`, from the first one on: for what `save` cannot see. */
  replay?(candles: Candles): void;
  /** What it has counted, besides what it wrote and reported. */
  counts?(): unknown;
  /** Overwrites what it holds and may not read any more. */
  poison?(value: number): void;
}

/** Makes a machine that takes at most `chunk` rows at once and writes into `output`. */
export type MakeMachine = (chunk: number, output: Output) => Machine;

/**
 * Law 1: whatever the size of the chunks, stopped and resumed anywhere in a machine of another chunk
 * size, the outputs, the reports and what it remembers at the end are the same bits. The machine
 * sees candles of which all but those of the chunk are poisoned. What it remembers and cannot save
 * it replays before it resumes. Throws an `AssertionError` otherwise; gives the output.
 */
export function assertChunkLaw(make: MakeMachine, candles: Candles, seed = 1): Output {
  const fine = CHUNK_SIZES.filter((size) => size <= FINE), few = Math.min(FEW, candles.length);
  assertCuts(make, candles.slice(0, few), fine, seededRandom(seed));
  const coarse = CHUNK_SIZES.filter((size) => size > FINE);
  return assertCuts(make, candles, coarse, seededRandom(seed + 1));
}

/** Chunks of so few rows take long, each of them, and are tried on so many rows. */
const FINE = 64, FEW = 4_500;

function assertCuts(
  make: MakeMachine,
  candles: Candles,
  sizes: readonly number[],
  random: Random,
): Output {
  const rows = candles.length;
  const whole = drive(make, candles, [[0, rows]], () => rows, () => false);
  for (const [name, column] of whole.output.columns) assertNoNegativeZero(column, name);
  const compare = (way: string, found: typeof whole) => {
    for (const [name, column] of whole.output.columns) {
      assertSameBits(found.output.columns.get(name)!, column, `${name}, ${way}`);
    }
    assert.deepStrictEqual(found.output.told, whole.output.told, way);
    assert.deepStrictEqual(found.counts, whole.counts, way);
    assertSameBits(doubles(found.memory), doubles(whole.memory), `what is remembered, ${way}`);
  };
  for (const size of sizes) {
    const cuts = evenCuts(rows, size), resumed = Math.floor(random() * cuts.length);
    compare(`chunks of ${size}`, drive(make, candles, cuts, () => size, (n) => n === resumed));
  }
  const cuts = randomCuts(rows, random), stops = 8 / cuts.length;
  const room = (size: number) => size + Math.floor(100 * random());
  compare("random cuts", drive(make, candles, cuts, room, () => random() < stops));
  return whole.output;
}

/** Takes the candles by chunks; where `stops` says so, resumes in a new machine from bytes. */
function drive(
  make: MakeMachine,
  candles: Candles,
  cuts: readonly Cut[],
  room: (rows: number) => number,
  stops: (n: number) => boolean,
): { output: Output; memory: Uint8Array; counts: unknown } {
  const output: Output = { columns: new Map(), told: nothingTold(), written: 0 };
  const window = poisonedCandles(candles);
  const largest = Math.max(...cuts.map(([from, to]) => to - from));
  let machine = make(room(largest), output);
  cuts.forEach(([from, to], n) => {
    const poison = POISONS[n % POISONS.length];
    if (stops(n)) {
      const bytes = machine.save();
      machine = make(room(largest), output);
      machine.replay?.(candles.slice(0, from));
      machine.restore(bytes);
    }
    machine.poison?.(poison);
    copyRows(window, candles, from, to);
    machine.advance(window, from, to);
    for (const column of doublesOf(window)) column.fill(poison, from, to);
  });
  return { output, memory: machine.save(), counts: machine.counts?.() };
}

/** A machine of named expressions. */
export function planMachine(
  expressions: Readonly<Record<string, Expression>>,
  options: PlanOptions,
  rows: number,
  make = (options: PlanOptions) => new Plan(expressions, options),
): MakeMachine {
  return (chunk, { columns }) => {
    const plan = make({ ...options, chunk });
    for (const name of Object.keys(expressions)) {
      if (!columns.has(name)) columns.set(name, new Float64Array(rows));
    }
    return {
      advance(candles, from, to) {
        plan.advance(candles, from, to);
        for (const [name, column] of columns) column.set(plan.read(name), from);
      },
      save() {
        const state = new Float64Array(plan.size);
        plan.save(state);
        return new Uint8Array(state.buffer);
      },
      restore: (bytes) => plan.restore(doubles(bytes)),
      replay: plan.replays ? (candles) => replay(plan, candles) : undefined,
      poison: (value) => plan.poison(value),
    };
  };
}

function replay(plan: Plan, candles: Candles): void {
  for (let from = 0; from < candles.length; from += plan.chunk) {
    plan.advance(candles, from, Math.min(from + plan.chunk, candles.length));
  }
}

function doubles(bytes: Uint8Array): Float64Array {
  return new Float64Array(bytes.slice().buffer);
}

function poisonedCandles(candles: Candles): Candles {
  const columns: CandleColumns = allocateColumns(candles.length);
  for (const name of FUNDING) {
    if (candles[name]) columns[name] = new Float64Array(candles.length);
  }
  const fresh = () => new Float64Array(candles.length);
  columns.instruments = candles.instruments && eachInstrument(candles.instruments, fresh);
  const copy = new Candles(candles.timeframe, columns, candles.decimals);
  for (const column of doublesOf(copy)) column.fill(1e300);
  return copy;
}

function copyRows(to: CandleColumns, candles: CandleColumns, from: number, until: number): void {
  const source = doublesOf(candles);
  doublesOf(to).forEach((column, i) => column.set(source[i].subarray(from, until), from));
}

const FUNDING = ["funding", "fundingInGap", "fundingInside"] as const;

function doublesOf(columns: CandleColumns): Float64Array[] {
  const { time, open, high, low, close, volume, trades } = columns;
  return [
    ...[time, open, high, low, close, volume, trades],
    ...FUNDING.map((name) => columns[name]).filter((column) => column !== undefined),
    ...Object.values(columns.instruments ?? {}).flatMap((of) => FIELDS.map((field) => of[field])),
  ];
}
