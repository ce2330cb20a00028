import type { Command } from "commander";
import { ccxtHistory } from "../exchanges/ccxt_history.ts";
import { NoAnswer, RequestRefused } from "../exchanges/patiently.ts";
import { systemClock } from "../live/system_clock.ts";
import { InputError } from "../market/errors.ts";
import type { History } from "../ports/history.ts";
import { fetchCommandWith } from "./fetching.ts";
import { note } from "./output.ts";

/** `fetch`, from any exchange that ccxt knows. */
export function fetchCommand(): Command {
  return fetchCommandWith((venue, settings, patience) => {
    const options = settings[venue] ?? {}, giveUpAfter = patience * MINUTE;
    const told = { clock: systemClock, random: Math.random, watch: { trouble: noteOnce() } };
    return mendable(ccxtHistory({ venue, options, giveUpAfter, ...told }), venue, patience);
  });
}

const MINUTE = 60_000;

/** What is said again and again is said once. */
function noteOnce(): (text: string) => void {
  let last: string | undefined;
  return (text) => {
    if (text !== last) note(text);
    last = text;
  };
}

/** An exchange that refuses, or is not there, is no mistake of ours: what it says is what there is to know. */
function mendable(history: History, venue: string, patience: number): History {
  return {
    async *candles(...asked) {
      try {
        yield* history.candles(...asked);
      } catch (error) {
        throw told(error, venue, patience);
      }
    },
  };
}

function told(error: unknown, venue: string, patience: number): unknown {
  if (error instanceof NoAnswer) {
    const minutes = patience === 1 ? "a minute" : `${patience} minutes`;
    return new InputError(
      `${venue} gave no answer for ${minutes}: ${error.message}. ` +
        "What came until then is kept, and the same command goes on from there",
      { cause: error },
    );
  }
  if (!(error instanceof Error && error.cause instanceof RequestRefused)) return error;
  return new InputError(`${error.message}. What came until then is kept`, { cause: error });
}
