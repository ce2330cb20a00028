import type { BotRepository } from "../../ports/bots.ts";

/** Which of these bots a process has now: one whose lease lasts. */
export async function botsThatRun(
  bots: Pick<BotRepository, "standings">,
  ids: readonly string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const standings = await bots.standings(ids, NOBODY);
  return new Set(standings.filter(({ isHeld }) => isHeld).map(({ id }) => id));
}

/** The owner of no bot. */
const NOBODY = "";
