import type { Kernel } from "./operator.ts";

const own = new Map<string, Kernel>();

/** The operator that someone defined in this process under a name, if there is one. */
export function ownOperator(name: string): Kernel | undefined {
  return own.get(name);
}

/** Knows an operator from now on; one of the same name that was there before is replaced. */
export function keepOwnOperator(kernel: Kernel): void {
  own.set(kernel.name, kernel);
}
