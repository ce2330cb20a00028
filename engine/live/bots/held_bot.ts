import type { BotRecord } from "../../ports/bots.ts";
import type { Store } from "../../ports/store.ts";
import type { Config } from "../../strategy/config.ts";
import { configHash } from "../../strategy/load.ts";

/**
 * The last bot of a config, if a person has to start it: somebody stopped it, or it was put into
 * quarantine or found to have diverged. A process that is started does not do that by itself.
 */
export async function heldBot(
  { wishes }: Pick<Store, "wishes">,
  config: Config,
  stored: readonly BotRecord[],
): Promise<BotRecord | undefined> {
  const hash = configHash(config);
  const last = stored.filter(({ run, config: { name } }) =>
    run.configHash === hash && name === config.name
  ).toSorted((a, b) => a.createdAt - b.createdAt).at(-1);
  if (last?.status === "quarantined" || last?.status === "diverged") return last;
  if (last?.status !== "stopped") return undefined;
  const asked = (await wishes.ofBot(last.id)).at(-1);
  return asked?.wish === "stop" || asked?.outcome === "open" ? last : undefined;
}
