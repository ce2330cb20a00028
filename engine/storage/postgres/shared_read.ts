/**
 * A way to read that asks once for all who want the same in one turn of the event loop, such as bots that
 * wake on the same candle. What it gives is theirs together: nobody may change it. Nobody is given what
 * was asked for before they wanted it, for that may be older than what woke them.
 */
export function sharedRead<Args extends readonly unknown[], T>(
  read: (...args: Args) => Promise<T>,
): (...args: Args) => Promise<T> {
  const wanted = new Map<string, Promise<T>>();
  return (...args) => {
    const name = JSON.stringify(args);
    const own = wanted.get(name) ?? turn().then(() => {
      wanted.delete(name);
      return read(...args);
    });
    wanted.set(name, own);
    return own;
  };
}

/** Resolves when everybody has had a turn who was woken by the same. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
