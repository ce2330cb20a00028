import type { FakeExchange } from "../support/fake_exchange/fake_exchange.ts";

/** A frame is read so many turns of the event loop after it was written, at the latest. */
const TURNS = 24;

/**
 * The exchange's time at which whatever was public at `at` is surely here, however slow the machine is:
 * by turns of the event loop, in which exchange and listener share. Times are asked for in their order.
 */
export function surelyHere({ turns }: Pick<FakeExchange, "turns">): (at: number) => number {
  let turn = 0;
  return (at) => {
    while (turn < turns.length && turns[turn] < at) turn++;
    return turns[turn + TURNS] ?? Infinity;
  };
}
