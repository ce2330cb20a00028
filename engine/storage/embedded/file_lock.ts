/**
 * Runs `task` while holding the lock on `path`. The operating system gives the lock back when its
 * holder ends, however it ends, so nothing stale can be left behind.
 */
export async function withFileLock<T>(path: string, task: () => Promise<T>): Promise<T> {
  using file = await Deno.open(path, { create: true, write: true, mode: 0o600 });
  await file.lock(true);
  return await task();
}
