import type { Candles } from "../market/candles.ts";
import type { RunSpec } from "../run/run.ts";
import type { Condition, Numeric } from "../series/expression.ts";
import { Plan } from "../series/plan.ts";

/** Says where a strategy could not decide on any candle, because its entries were never known. */
export function coldNotes(spec: RunSpec, candles: Candles): string[] {
  const cold = new ColdRun(spec);
  cold.take(candles);
  return cold.notes;
}

/** The same of candles that come some at a time. */
export class ColdRun {
  /** Whether some entry was known by now: then nothing that follows matters. */
  isWarm = false;
  private readonly entries: readonly string[];
  private readonly plan: Plan;
  private readonly base: string;
  private rows = 0;

  constructor({ strategy: { signals }, timeframe, base = timeframe, ...spec }: RunSpec) {
    const { enterLong, enterShort, exposure } = signals, { decimals, parameters } = spec;
    const given = Object.entries({ enterLong, enterShort, exposure })
      .filter((entry): entry is [string, Numeric | Condition] => entry[1] !== undefined);
    this.entries = given.map(([name]) => name);
    this.base = base;
    this.plan = new Plan(Object.fromEntries(given), { timeframe, base, decimals, parameters });
  }

  /** Takes the candles that follow. */
  take(candles: Candles): void {
    const { plan, entries } = this, { length } = candles;
    for (let from = 0; from < length && !this.isWarm; from += plan.chunk) {
      plan.advance(candles, from, Math.min(from + plan.chunk, length));
      this.isWarm = entries.some((name) => plan.read(name).some((value) => value === value));
    }
    this.rows += length;
  }

  /** What is to be said of the candles so far. */
  get notes(): string[] {
    if (this.isWarm) return [];
    return [
      `nothing was ever decided: in ${this.rows} ${this.base} candles its entries were not known once. ` +
      "Its indicators need more candles before they begin",
    ];
  }
}
