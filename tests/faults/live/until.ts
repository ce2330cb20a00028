import { systemClock } from "../../../engine/live/system_clock.ts";

/** What has not come about for so long will not: so a run ends with an error instead of never, in milliseconds. */
const PATIENCE = 120_000;

/** Resolves when `holds` does. Throws what did not come about. */
export async function until(holds: () => boolean, what: () => string): Promise<void> {
  const since = performance.now();
  while (!holds()) {
    if (performance.now() - since > PATIENCE) {
      throw new Error(`It did not come about that ${what()}`);
    }
    await systemClock.sleep(10);
  }
}
