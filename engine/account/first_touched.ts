import type { CandleColumns } from "../market/candles.ts";
import type { Desk } from "./desk.ts";
import type { AccountState } from "./state.ts";
import { lossLevel, nextTarget } from "./stops.ts";

/** Whether every row may do something to a position, wherever prices go: it has to be taken by itself. */
export function isRestless({ state, distances, isFunded, watchesEquity }: Desk): boolean {
  return isFunded || watchesEquity || distances.trailingStop !== undefined ||
    state.liquidation === state.liquidation;
}

/**
 * The first row of [from, to) on which prices or time may do something to a position that is not
 * restless: a level is reached, a stop may move, a short cannot be bought back any more, it has been held for long enough;
 * `to` if there is none. What the rows before leave behind, the best price and how long it was held, is noted. Much
 * faster than taking them one by one: the same numbers.
 */
export function firstTouched(desk: Desk, candles: CandleColumns, from: number, to: number): number {
  const { state, stops, others: { owed }, hasStops } = desk;
  if (state.position > 0 && !hasStops) return to;
  const { cash, position, held } = state, side = position > 0 ? 1 : -1;
  const until = Math.min(to, from + Math.max(0, (stops.timeStop ?? Infinity) - 1 - held));
  const { open, close } = candles;
  const worst = side > 0 ? candles.low : candles.high, best = side > 0 ? candles.high : candles.low;
  const stop = side * lossLevel(state), target = side * nextTarget(state);
  if (isEven(state, side)) return from;
  // A new best price moves these.
  const follows = stops.trailingStop !== undefined || state.evenAt === state.evenAt;
  let top = side * state.best, i = from;
  for (; i < until; i++) {
    const opened = side * open[i], reached = side * best[i];
    if (side * worst[i] <= stop || reached >= target) break;
    if (opened <= stop || opened >= target) break;
    if (reached > top) {
      if (follows) break;
      top = reached;
    }
    if (side < 0 && cash - owed + position * close[i] <= 0) break;
  }
  if (hasStops) {
    state.best = side * top;
    state.held += i - from;
  }
  return i;
}

/**
 * Whether the stop goes to the average at the next close, though no new best price is reached: an addition has
 * lowered the average, and with it the price behind which it does.
 */
function isEven(state: AccountState, side: number): boolean {
  const { best, evenAt, average } = state;
  return side * best >= side * evenAt && !(side * lossLevel(state) >= side * average);
}
