import { didYouMean } from "../../market/did_you_mean.ts";
import { InputError } from "../../market/errors.ts";
import { AT_WORK } from "../../ports/bot_status.ts";
import type { BotRecord } from "../../ports/bots.ts";
import type { Store } from "../../ports/store.ts";
import { placeOf } from "./same_place.ts";
import { youngest } from "./youngest.ts";

/**
 * The bot of that id, the last run of the config of that name, or the only bot whose id begins so. Throws an
 * `InputError` that lists them if that is none, or several: a config that trades on several markets has runs on each.
 */
export async function findBot(store: Store, wanted: string): Promise<BotRecord> {
  const bots = await store.bots.list();
  const matching = bots.filter(({ id }) => id.startsWith(wanted));
  const found = bots.find(({ id }) => id === wanted) ?? lastRun(bots, wanted) ??
    (matching.length === 1 ? matching[0] : undefined);
  if (found) return found;
  const problem = matching.length > 1
    ? `"${wanted}" begins the ids of several bots`
    : `There is no bot "${wanted}"`;
  const listed = (matching.length > 1 ? matching : bots).map(({ id }) => id).join(", ");
  const hint = matching.length > 1 ? "" : didYouMean(wanted, bots.flatMap(namesOf));
  if (hint !== "") throw new InputError(`${problem}${hint}`);
  throw new InputError(`${problem}. ${listed ? `There are ${listed}` : NONE}`);
}

const NONE = "There are none at all: a replay leaves its bots in the database with --keep alone";

/** The run of a config that is at work, or else the youngest one, if all were of one market. */
function lastRun(bots: readonly BotRecord[], name: string): BotRecord | undefined {
  const runs = bots.filter(({ config }) => config.name === name);
  if (new Set(runs.map(placeOf)).size !== 1) return undefined;
  return youngest(runs.filter(({ status }) => AT_WORK.includes(status))) ?? youngest(runs);
}

/** What a bot may be meant by: its id, and its config's name. */
function namesOf({ id, config }: BotRecord): string[] {
  return [id, config.name];
}
