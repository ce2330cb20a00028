/** Asked of any object by the language itself: by `await`, and by `JSON.stringify`. */
const ASKED = ["then", "toJSON"];

/**
 * The same values by name; but reading a name that is not there calls `refuse`, where JavaScript would
 * give `undefined`, and an operator then take its default.
 */
export function strictNames<T extends object>(values: T, refuse: (name: string) => never): T {
  return new Proxy(values, {
    get(target, name) {
      if (typeof name === "symbol" || name in target || ASKED.includes(name)) {
        return Reflect.get(target, name);
      }
      return refuse(name);
    },
  });
}
