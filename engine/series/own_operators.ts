import type { Kernel } from "./operator.ts";

const own = new Map<string, Kernel>();

/** The operator that someone defined in this process under a name, if there is one. */
export function ownOperator(name: string): Kernel | undefined {
  return own.get(name);
}

/**
 * What the next operator that someone calls so is known by: that name, or `name#2`, `name#3` and so on where
 * there is one already, since what was made of that one goes on meaning it.
 */
export function freeName(name: string): string {
  let free = name;
  for (let n = 2; own.has(free); n++) free = `${name}#${n}`;
  return free;
}

/** Knows an operator from now on. */
export function keepOwnOperator(kernel: Kernel): void {
  own.set(kernel.name, kernel);
}
