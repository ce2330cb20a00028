import { instrumentKey } from "../../market/trade.ts";
import { AT_WORK } from "../../ports/bot_status.ts";
import type { BotRecord } from "../../ports/bots.ts";
import type { Store } from "../../ports/store.ts";
import type { Tell } from "../../ports/tell.ts";
import { changesText, configChanges } from "../../strategy/config_changes.ts";
import { placeOf } from "./same_place.ts";

/**
 * An edited config is another bot. The one that it was before is stopped for good, also where another
 * process runs it: two bots of one name would trade side by side.
 */
export async function stopEdited(
  store: Pick<Store, "bots">,
  bots: readonly Pick<BotRecord, "id" | "config">[],
  tell: Tell,
): Promise<void> {
  for (const old of await store.bots.list()) {
    const heir = bots.find((bot) => placeOf(bot) === placeOf(old));
    if (!heir || heir.id === old.id || !AT_WORK.includes(old.status)) continue;
    const reason = whyStopped(old, heir);
    await store.bots.stop(old.id, reason);
    const market = instrumentKey(old.config.market);
    tell(`${old.id}: stopped, ${reason}`, { bot: old.id, market });
  }
}

function whyStopped(
  old: Pick<BotRecord, "config">,
  heir: Pick<BotRecord, "id" | "config">,
): string {
  const changes = configChanges(old.config, heir.config), instead = `${heir.id} trades instead`;
  if (changes.length === 0) return `started anew: ${instead}`;
  return `its config was edited: ${instead} (${changesText(changes)})`;
}
