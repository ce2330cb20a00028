// deno-lint-ignore-file no-console
let quiet = 0, log = console.log;

/** Runs `run` while nothing is printed: ccxt prints every frame that is no JSON. Several may run at once. */
export async function quietly<T>(run: () => Promise<T>): Promise<T> {
  if (quiet++ === 0) [log, console.log] = [console.log, () => {}];
  try {
    return await run();
  } finally {
    if (--quiet === 0) console.log = log;
  }
}
