import type { Candles } from "../market/candles.ts";
import { isBoundary, type Timeframe } from "../market/timeframe.ts";
import type { RunSpec } from "../run/run.ts";
import type { Expression } from "../series/expression.ts";
import { Plan } from "../series/plan.ts";
import { longerTimeframes } from "./longer_timeframes.ts";

/** Says where a strategy could not decide on any candle, because its entries were never known. */
export function coldNotes(spec: RunSpec, candles: Candles): string[] {
  const cold = new ColdRun(spec);
  cold.take(candles);
  return cold.notes;
}

/** The same of candles that come some at a time. */
export class ColdRun {
  /** Whether some entry could be decided on by now: then nothing that follows matters. */
  isWarm = false;
  private readonly entries: readonly Expression[];
  /** What entries are joined of, each by its name in the plan. */
  private readonly parts: ReadonlyMap<Expression, string>;
  private readonly known = new Set<Expression>();
  private readonly plan: Plan;
  private readonly base: string;
  /** How many candles of each longer timeframe that entries read have closed. */
  private readonly longer: Map<Timeframe, number>;
  private rows = 0;

  constructor({ strategy: { signals }, timeframe, base = timeframe, ...spec }: RunSpec) {
    const { enterLong, enterShort, exposure } = signals, { decimals, parameters } = spec;
    this.entries = [enterLong, enterShort, exposure].filter((it) => it !== undefined);
    const parts = [...new Set(this.entries.flatMap(partsOf))];
    this.parts = new Map(parts.map((part, n) => [part, `part ${n}`]));
    this.base = base;
    this.longer = new Map(longerTimeframes(parts, parameters).map((timeframe) => [timeframe, 0]));
    const named = Object.fromEntries(parts.map((part, n) => [`part ${n}`, part]));
    this.plan = new Plan(named, { timeframe, base, decimals, parameters });
  }

  /** Takes the candles that follow. */
  take(candles: Candles): void {
    const { plan, known, parts } = this, { length } = candles;
    for (let from = 0; from < length && !this.isWarm; from += plan.chunk) {
      plan.advance(candles, from, Math.min(from + plan.chunk, length));
      for (const [part, name] of parts) {
        if (!known.has(part) && plan.read(name).some((value) => value === value)) known.add(part);
      }
      this.isWarm = this.entries.some((entry) => mayBeTrue(entry, known));
    }
    this.rows += length;
    for (const [timeframe, count] of this.longer) {
      const closed = candles.time.filter((time) => isBoundary(time, timeframe)).length;
      this.longer.set(timeframe, count + closed);
    }
  }

  /** What is to be said of the candles so far. */
  get notes(): string[] {
    if (this.isWarm) return [];
    const { rows, base, entries, known } = this;
    const isDark = entries.every((entry) => partsOf(entry).every((part) => !known.has(part)));
    const what = isDark ? "its entries were" : "something that every entry needs was";
    const there = [...this.longer].map(([timeframe, count]) => `${count} of ${timeframe}`).join(
      ", ",
    );
    return [
      `nothing was ever decided: in ${rows} ${base} candles ${what} not known once. ` +
      "Its indicators need more candles before they begin" +
      (there === "" ? "" : `: ${there} closed there`),
    ];
  }
}

/** What conditions are joined of; an unknown part of them is not seen where another is false. */
function partsOf(entry: Expression): Expression[] {
  return isJoined(entry) ? joinedIn(entry).flatMap(partsOf) : [entry];
}

/** Whether an entry might have been true on some row, by which of its parts were ever known. */
function mayBeTrue(entry: Expression, known: ReadonlySet<Expression>): boolean {
  if (!isJoined(entry)) return known.has(entry);
  const parts = joinedIn(entry);
  return entry.op === "and"
    ? parts.every((part) => mayBeTrue(part, known))
    : parts.some((part) => mayBeTrue(part, known));
}

const isJoined = ({ op }: Expression) => op === "and" || op === "or";

/** Inputs of a condition are conditions. */
const joinedIn = ({ inputs }: Expression) => inputs.filter((input) => typeof input !== "number");
