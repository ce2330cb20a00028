import assert from "node:assert/strict";
import type { Candles } from "../../engine/market/candles.ts";
import type { Expression } from "../../engine/series/expression.ts";
import { technicalindicatorsOperator } from "../../engine/series/operators/technicalindicators/adapter.ts";
import { evaluate } from "./evaluate.ts";

const { members } = technicalindicatorsOperator, noted = new Set<string>();

/** A test that proves the notes of these indicators; each is to say what `says` matches. */
export function note(names: string | readonly string[], says: RegExp, prove: () => void): void {
  for (const name of [names].flat()) noted.add(name);
  Deno.test(`${[names].flat().join(", ")}: ${says.source}`, () => {
    for (const name of [names].flat()) assert.match(members.get(name)!.note ?? "", says);
    prove();
  });
}

/** The indicators of a kind that have a note of which no test was asked here. */
export function unproven(kind: "kernel" | "replayed"): string[] {
  const notes = [...members].filter(([, member]) => member.kind === kind && member.note);
  return notes.map(([name]) => name).filter((name) => !noted.has(name));
}

/** The value of an expression on the last of the candles. */
export function last(expression: Expression, candles: Candles): number | undefined {
  return evaluate(expression, candles).at(-1);
}
