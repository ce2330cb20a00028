import { didYouMean } from "../../market/did_you_mean.ts";
import { InputError } from "../../market/errors.ts";
import type { BotRecord } from "../../ports/bots.ts";
import type { Store } from "../../ports/store.ts";

/** The bot of that id, or the only one whose id begins so. Throws an `InputError` that lists them. */
export async function findBot(store: Store, wanted: string): Promise<BotRecord> {
  const bots = await store.bots.list();
  const matching = bots.filter(({ id }) => id.startsWith(wanted));
  const found = bots.find(({ id }) => id === wanted) ??
    (matching.length === 1 ? matching[0] : undefined);
  if (found) return found;
  const problem = matching.length > 1
    ? `"${wanted}" begins the ids of several bots`
    : `There is no bot "${wanted}"`;
  const listed = (matching.length > 1 ? matching : bots).map(({ id }) => id).join(", ");
  const hint = matching.length > 1 ? "" : didYouMean(wanted, bots.flatMap(namesOf));
  if (hint !== "") throw new InputError(`${problem}${hint}`);
  throw new InputError(`${problem}. ${listed ? `There are ${listed}` : "There are none at all"}`);
}

/** What a bot may be meant by: its id, and its config's name. */
function namesOf({ id, config }: BotRecord): string[] {
  return [id, config.name];
}
