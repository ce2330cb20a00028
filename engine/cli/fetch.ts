import type { Command } from "commander";
import { ccxtHistory } from "../exchanges/ccxt_history.ts";
import { RequestRefused } from "../exchanges/patiently.ts";
import { systemClock } from "../live/system_clock.ts";
import { InputError } from "../market/errors.ts";
import type { History } from "../ports/history.ts";
import { fetchCommandWith } from "./fetching.ts";
import { note } from "./output.ts";

/** `fetch`, from any exchange that ccxt knows. */
export function fetchCommand(): Command {
  return fetchCommandWith((venue, settings) => {
    const clock = systemClock, watch = { trouble: note }, options = settings[venue] ?? {};
    return mendable(ccxtHistory({ venue, options, clock, random: Math.random, watch }));
  });
}

/** An exchange that refuses is no mistake of ours: what it says is what there is to know. */
function mendable(history: History): History {
  return {
    async *candles(...asked) {
      try {
        yield* history.candles(...asked);
      } catch (error) {
        if (!(error instanceof Error && error.cause instanceof RequestRefused)) throw error;
        throw new InputError(`${error.message}. What came until then is kept`, { cause: error });
      }
    },
  };
}
