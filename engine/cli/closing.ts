import { systemClock } from "../live/system_clock.ts";
import { UnreachableError } from "../ports/store_errors.ts";

/** What has failed waits so long to be closed in order, in milliseconds; then the process just ends. */
const PATIENCE = 10_000;

/** The same of what cannot be reached, of which nothing is to be expected. */
const LITTLE_PATIENCE = 500;

/** Uses what has to be closed afterwards. What went wrong first is what is thrown. */
export async function closing<T>(
  { close }: { close(): Promise<void> },
  use: () => Promise<T>,
): Promise<T> {
  let result: T;
  try {
    result = await use();
  } catch (error) {
    const patience = error instanceof UnreachableError ? LITTLE_PATIENCE : PATIENCE;
    await Promise.race([close().catch(() => {}), systemClock.sleep(patience)]);
    throw error;
  }
  await close();
  return result;
}
