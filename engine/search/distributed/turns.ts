/** Has work done, so much of it at a time; what comes later waits, in the order in which it came. */
export type Turns = <T>(work: () => Promise<T>) => Promise<T>;

/** Turns of which `count` may be had at a time. */
export function turns(count: number): Turns {
  const waiting: (() => void)[] = [];
  let free = count;
  return async (work) => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // A turn that is handed on is never free in between.
      if (next) next();
      else free++;
    }
  };
}
