/**
 * Runs for tests that mostly wait: when the first one is asked for, all begin, a few at a time, so that each has
 * gone on while tests of others looked at theirs. Gives what a case came to.
 */
export function ahead<Case, Result>(
  cases: readonly Case[],
  run: (one: Case) => Promise<Result>,
  atOnce = 5,
): (one: Case) => Promise<Result> {
  const ends = new Map(cases.map((one) => [one, Promise.withResolvers<Result>()]));
  // One that fails is told to who asks for it.
  for (const { promise } of ends.values()) promise.catch(() => {});
  let begun = false;
  const work = async (pending: [Case, PromiseWithResolvers<Result>][]) => {
    for (let next = pending.shift(); next; next = pending.shift()) {
      const [one, { resolve, reject }] = next;
      await run(one).then(resolve, reject);
    }
  };
  return (one) => {
    const pending = begun ? [] : [...ends];
    begun = true;
    for (let n = 0; n < atOnce; n++) work(pending);
    return ends.get(one)!.promise;
  };
}
