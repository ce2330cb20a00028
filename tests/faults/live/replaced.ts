/** An object with some of its members replaced. Its methods keep their `this`. */
export function replaced<T extends object>(part: T, members: Partial<T>): T {
  return new Proxy(part, {
    get(target, key) {
      if (Object.hasOwn(members, key)) return Reflect.get(members, key);
      const value: unknown = Reflect.get(target, key);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
