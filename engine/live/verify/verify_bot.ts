import { describeDifference } from "./describe_difference.ts";
import { InputError } from "../../market/errors.ts";
import type { BotRecord, BotState } from "../../ports/bots.ts";
import type { Store } from "../../ports/store.ts";
import type { VerificationOutcome } from "../../ports/verification.ts";
import { RUN_VERSION } from "../../run/run.ts";
import { isConfigOf, isIdOf, newRun } from "../bots/run_record.ts";
import { causeOf } from "./cause.ts";
import type { Difference, LedgerTable, Tally } from "./difference.ts";
import { type LateRevisions, lateRevisions } from "./late_revisions.ts";
import { rerun, type RerunOptions } from "./rerun.ts";

/** Whether a bot does again what is stored of it. */
export interface Verification {
  bot: string;
  outcome: VerificationOutcome;
  /** In words: the first difference and its cause, or why it cannot be told; empty if it does the same. */
  detail: string;
  /** Close times, UTC milliseconds: it was looked at behind `from` and through `to`; null is none. */
  from: number;
  to: number | null;
  /** Candles that it decided on. */
  candles: number;
  /** Rows that came out again and how many of them differ; empty if it was not run. */
  tables: Partial<Record<LedgerTable, Tally>>;
  first?: Difference;
  cause?: string;
  /** Rows of equity that are not kept any more, and were not compared. */
  dropped: number;
  /** What it would have done on the candles as they are now; nothing if they are as they were decided. */
  now?: LateRevisions;
}

/**
 * Runs a bot again, from its first candle on, over the candles as they were decided, and compares all
 * that it did with what is stored, to the bit. Memory does not grow with its age. The bot may be at
 * work meanwhile: it is looked at up to the candle that it had decided when this began.
 */
export async function verifyBot(
  store: Store,
  id: string,
  options: RerunOptions = {},
): Promise<Verification> {
  const bot = await store.bots.find(id), state = await store.bots.state(id);
  if (bot === undefined || state === undefined) {
    throw new InputError(`Cannot verify bot "${id}": there is none of that name`);
  }
  const { cursor } = state, span = { from: bot.run.anchor, to: cursor ?? null };
  const nothing = { bot: id, ...span, candles: 0, tables: {}, dropped: 0 };
  const trouble = troubleOf(bot);
  if (trouble) return { ...nothing, ...trouble };
  const { ledger, candles } = await rerun(
    store,
    bot,
    { run: newRun(bot), state, reading: "decided" },
    options,
  );
  const { first, tallies: tables, dropped } = ledger;
  const all = { ...nothing, candles, tables, dropped, ...await nowOf(store, bot, state, options) };
  if (first === undefined) return { ...all, outcome: "same", detail: "" };
  const cause = await causeOf(store, bot, first, tables);
  const detail = `${describeDifference(first)}; ${cause}`;
  return { ...all, outcome: "diverged", detail, first, cause };
}

/** Why a bot cannot be run again, if that is so. */
function troubleOf(bot: BotRecord): Pick<Verification, "outcome" | "detail"> | undefined {
  const { run } = bot;
  const notIts = { outcome: "diverged", detail: OTHER_RUN } as const;
  if (!Number.isInteger(run.version)) return notIts;
  if (run.version !== RUN_VERSION) {
    const detail = `it ran under version ${run.version} of the engine's account, this is version ` +
      `${RUN_VERSION}: only an engine of that version can do the same`;
    return { outcome: "unknown", detail };
  }
  if (!isConfigOf(bot)) {
    return { outcome: "diverged", detail: "its config is not the one that it was started with" };
  }
  if (!isIdOf(bot)) return notIts;
  try {
    newRun(bot);
    return undefined;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { outcome: "unknown", detail: `this engine cannot run it: ${error.message}` };
  }
}

const OTHER_RUN = "its run (anchor, start or front) is not the one that it was started with";

async function nowOf(
  store: Store,
  bot: BotRecord,
  state: BotState,
  options: RerunOptions,
): Promise<Pick<Verification, "now">> {
  const now = await lateRevisions(store, bot, state, options);
  return now === undefined ? {} : { now };
}
