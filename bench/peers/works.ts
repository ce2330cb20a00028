import type { ParameterSpace } from "../../engine/research/sweep/parameter_sets.ts";
import type { ParameterValues } from "../../engine/series/scalars.ts";

/** A piece of work that is timed. */
export interface Work {
  name: string;
  /** One of `STRATEGIES`. */
  strategy: string;
  /** One by one, or all combinations of values. */
  sets: readonly ParameterValues[] | ParameterSpace;
  /** How often it is timed; the best counts. */
  times: number;
  peers: readonly ("vectorbt" | "backtesting")[];
  /** How many of the candles are taken; all 525,600 unless given. */
  rows?: number;
  /** Processors; one unless given. */
  workers?: number;
}

const counted = (count: number, from: number, step = 1) =>
  Array.from({ length: count }, (_, i) => from + step * i);

const pairs = (fast: readonly number[], slow: readonly number[]) =>
  fast.flatMap((fast) => slow.map((slow) => ({ fast, slow })));

/** A thousand pairs of windows, those of the reference sweep: fast 5 to 54, slow 60 and on in steps of 5. */
const THOUSAND = pairs(counted(50, 5), counted(20, 60, 5));
const HUNDRED = THOUSAND.filter((_, i) => i % 10 === 5);

const cross = { strategy: "cross", times: 3, peers: ["vectorbt"] } as const;

/** What a quick look needs. */
export const SMALL: readonly Work[] = [
  {
    ...cross,
    name: "One run",
    sets: [{ fast: 20, slow: 50 }],
    times: 10,
    peers: ["vectorbt", "backtesting"],
  },
  { ...cross, name: "100 sets", sets: HUNDRED },
  { ...cross, name: "100 sets, RSI and ATR filter", strategy: "filtered", sets: HUNDRED },
  { ...cross, name: "100 sets, stop and target", strategy: "guarded", sets: HUNDRED },
];

/** All of it. */
export const WORKS: readonly Work[] = [
  ...SMALL,
  { ...cross, name: "1,000 sets", sets: THOUSAND, times: 1 },
  { ...cross, name: "1,000 sets again", sets: THOUSAND, peers: [] },
  { ...cross, name: "1,000 sets again, two workers", sets: THOUSAND, peers: [], workers: 2 },
  {
    ...cross,
    name: "10,000 sets",
    sets: { fast: "5..104", slow: "110..209" },
    times: 1,
    peers: [],
  },
  {
    name: "1,000,000 sets, 10,000 candles",
    strategy: "filtered",
    sets: { fast: "2..101", slow: "102..201", calm: "1..100" },
    times: 1,
    peers: [],
    rows: 10_000,
  },
];
