/** What is noted now: nothing, but while `notingConditions` makes something. */
let noted: object[] | undefined;

/** Notes a condition that is being made, or a number of one. */
export function noteMade(expression: object): void {
  noted?.push(expression);
}

/**
 * What `make` gives, and the conditions that were made meanwhile and the numbers that read one, in order.
 * JavaScript's `&&`, `||` and `?:` drop a condition without a trace; so it is known that there was one. What is
 * made inside of another such call belongs to that one alone.
 */
export function notingConditions<T>(make: () => T): { given: T; made: readonly object[] } {
  const before = noted, made: object[] = [];
  noted = made;
  try {
    return { given: make(), made };
  } finally {
    noted = before;
  }
}
