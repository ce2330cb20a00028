import type { Candles } from "../../market/candles.ts";
import { describeValue } from "../../market/describe_value.ts";
import { InputError } from "../../market/errors.ts";
import { calendarRatios } from "../../metrics/calendar_year.ts";
import type { ParameterValues } from "../../series/scalars.ts";
import type { Strategy } from "../../strategy/strategy.ts";
import { backtest } from "../backtest.ts";
import type { Result } from "../result.ts";
import { Table } from "../table.ts";
import type { SweepSpec } from "./batch.ts";
import { type CountedTrials, ownTrials, triedCount } from "./counted_trials.ts";
import { setOrder } from "./set_order.ts";
import { numberOf, SWEEP_NUMBERS, type SweepNumber, type SweepNumbers } from "./numbers.ts";
import type { ParameterSets } from "./parameter_sets.ts";

/** A set of parameters beside its numbers. */
export type SweepRow = SweepNumbers & Readonly<Record<string, number | string>>;

/** What a sweep was made from and what came of it. */
export interface SweepParts {
  spec: SweepSpec;
  candles: Candles;
  sets: ParameterSets;
  /** Set after set, in the order of `SWEEP_NUMBERS`. */
  numbers: Float64Array;
  /** How many of the best are kept; of several numbers, the whole front unless given. */
  keep?: number;
  /** What the sets are ranked by; several numbers are weighed against each other. */
  rank: SweepNumber | readonly SweepNumber[];
}

/** How many are kept, where one number ranks them, or no set has all of several, and nothing else is said. */
const KEPT = 20;

/** The numbers of every set of a sweep, and the best of them. */
export class SweepResult {
  readonly spec: SweepSpec;
  readonly candles: Candles;
  readonly sets: ParameterSets;
  readonly rank: SweepNumber;
  /** All that the sets are ranked by: `rank` alone, or it and others that are weighed against it. */
  readonly objectives: readonly SweepNumber[];
  /**
   * How many sets, the first in `order`, no other beats: 1 where one number ranks them; 0 where no set has all
   * numbers, as where none trades.
   */
  readonly front: number;
  /** The best sets, best first, as rows. */
  readonly best: readonly SweepRow[];
  /** All sets by their numbers, best first; what is unknown is last. */
  readonly order: Uint32Array;
  /** How many sets were tried, here and earlier; its own alone where nobody counted. */
  counted: CountedTrials;
  private readonly numbers: Float64Array;

  constructor({ spec, candles, sets, numbers, keep, rank }: SweepParts) {
    this.objectives = typeof rank === "string" ? [rank] : rank;
    this.spec = spec;
    this.candles = candles;
    this.sets = sets;
    this.rank = this.objectives[0];
    this.numbers = numbers;
    const { order, front } = setOrder(this.objectives, (name) => this.column(name));
    this.order = order;
    this.front = front;
    this.counted = ownTrials(
      sets.length,
      calendarRatios(this.column("sharpe"), spec.settings),
    );
    const kept = keep ?? (this.objectives.length === 1 || front === 0 ? KEPT : front);
    this.best = [...order.subarray(0, Math.min(kept, sets.length))].map((set) => this.row(set));
  }

  get strategy(): Strategy {
    return this.spec.strategy;
  }

  /** How many sets were tried. */
  get length(): number {
    return this.sets.length;
  }

  /** A number of every set, in the order of the sets. */
  column(name: SweepNumber): Float64Array {
    return numberOf(this.numbers, name);
  }

  /** The set that is `place`-th best, 0 for the best one. */
  parameters(place = 0): ParameterValues {
    if (Number.isInteger(place) && place >= 0 && place < this.length) {
      return this.sets.at(this.order[place]);
    }
    throw new InputError(
      `There is no set ${describeValue(place)}: 0 is the best one, ${this.length - 1} the last`,
    );
  }

  /** The backtest of the set that is `place`-th best, 0 for the best one, with all that belongs to it. */
  result(place = 0): Result {
    const { spec: { strategy, account, timeframe, start }, candles } = this;
    const longer = timeframe === candles.timeframe ? {} : { timeframe };
    const result = backtest(strategy, candles, {
      params: this.parameters(place),
      account,
      ...longer,
      ...(start !== undefined && { start }),
    });
    result.trials = triedCount(this.counted);
    return result;
  }

  /** All sets in their order as a table; the best alone are in `best`. */
  table(): Table<SweepRow> {
    return new Table(Array.from({ length: this.length }, (_, set) => this.row(set)));
  }

  /** One set beside its numbers. */
  row(set: number): SweepRow {
    const { sets, numbers } = this, values = sets.at(set), width = SWEEP_NUMBERS.length;
    const named = sets.names.map((name) => [name, values[name]]);
    const found = SWEEP_NUMBERS.map((name, i) => [name, numbers[set * width + i]]);
    return Object.fromEntries([...named, ...found]);
  }
}
