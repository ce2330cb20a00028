/** Runs `run` while nothing is printed: ccxt prints every frame that is no JSON. */
export async function quietly(run: () => Promise<void>): Promise<void> {
  const { log } = console;
  // deno-lint-ignore no-console
  console.log = () => {};
  try {
    await run();
  } finally {
    // deno-lint-ignore no-console
    console.log = log;
  }
}
