import { front } from "./front.ts";
import { betterWay, type SweepNumber } from "./numbers.ts";

/** Sets in their order, and how many of them, the first, no other beats. */
export interface SetOrder {
  order: Uint32Array;
  front: number;
}

/**
 * Sets by their numbers, best first; what is unknown is nobody's best, and of equals the earlier one is first.
 * One number ranks them, the better way first (`betterWay`). Of several, those that no other set beats come first, then
 * the others, both by the first number.
 */
export function setOrder(
  objectives: readonly SweepNumber[],
  column: (name: SweepNumber) => Float64Array,
): SetOrder {
  const columns = objectives.map((name) => {
    const way = betterWay(name);
    return column(name).map((value) => way * value);
  });
  const [first] = columns, order = Uint32Array.from(first.keys());
  const worth = (set: number) => Number.isNaN(first[set]) ? -Infinity : first[set];
  order.sort((a, b) => worth(b) - worth(a) || a - b);
  if (objectives.length === 1) return { order, front: 1 };
  const best = front(columns), isBest = new Set(best);
  return {
    order: Uint32Array.from([...best, ...order.filter((set) => !isBest.has(set))]),
    front: best.length,
  };
}
