import { systemClock } from "../live/system_clock.ts";

/** What has failed waits so long to be closed in order, in milliseconds; then the process just ends. */
const PATIENCE = 10_000;

/** Uses what has to be closed afterwards. What went wrong first is what is thrown. */
export async function closing<T>(
  { close }: { close(): Promise<void> },
  use: () => Promise<T>,
): Promise<T> {
  let result: T;
  try {
    result = await use();
  } catch (error) {
    await Promise.race([close().catch(() => {}), systemClock.sleep(PATIENCE)]);
    throw error;
  }
  await close();
  return result;
}
