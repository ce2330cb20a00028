import type { Store } from "../../ports/store.ts";
import type { RerunOptions } from "./rerun.ts";
import { type Verification, verifyBot } from "./verify_bot.ts";

/**
 * Verifies a bot and stores what came of it, as of `now` (UTC milliseconds). One that has diverged is at
 * work no more: its runner can write nothing of it.
 */
export async function verifyAndRecord(
  store: Store,
  id: string,
  now: () => number,
  options: RerunOptions = {},
): Promise<Verification> {
  const verification = await verifyBot(store, id, options), { outcome, detail, to } = verification;
  await store.bots.recordVerification(id, { at: now(), to, outcome, detail });
  return verification;
}
