import { dayOfWeek, floor, timeOfDay } from "../../engine/series/mod.ts";
import type { ParameterSpace } from "../../engine/research/sweep/parameter_sets.ts";
import { whole } from "../../engine/strategy/parameters.ts";
import { type Strategy, strategy } from "../../engine/strategy/strategy.ts";
import smaCross from "../../strategies/sma_cross.ts";
import { CrossPosition } from "./cross_position.ts";
import { CyclePosition } from "./cycle_position.ts";

/** Whether somebody is long, worked out candle by candle without our engine. */
export interface Position {
  take(close: number, time: number): void;
  readonly isLong: boolean;
}

/** A thousand sets of parameters of a strategy, and the one that is planted where anything is. */
export interface Family {
  name: string;
  strategy: Strategy;
  space: ParameterSpace;
  planted: Readonly<Record<string, number>>;
  position(): Position;
}

const weekCycle = strategy("week_cycle", { period: whole(24), phase: whole(0, { min: 0 }) }, {
  build({ period, phase }) {
    const hour = dayOfWeek().minus(1).times(24).plus(timeOfDay());
    const cycles = hour.plus(phase).over(period), isLong = cycles.minus(floor(cycles)).below(0.5);
    return { enterLong: isLong, exitLong: isLong.not() };
  },
});

/** Sets that are much alike, as a search's usually are, and sets of which many have little in common. */
export const FAMILIES: readonly Family[] = [
  {
    name: "much alike: crossovers of averages",
    strategy: smaCross,
    space: { fast: "2..51", slow: "60..250:10" },
    planted: { fast: 20, slow: 120 },
    position: () => new CrossPosition(20, 120),
  },
  {
    name: "little alike: hours of the week",
    strategy: weekCycle,
    space: { period: "4..102:2", phase: "0..19" },
    planted: { period: 30, phase: 7 },
    position: () => new CyclePosition(30, 7),
  },
];
