import type { Expression } from "./expression.ts";
import { formulaText } from "./formula_text.ts";
import { writeGraph } from "./write_graph.ts";

/**
 * An expression as a person writes it, all of it written out.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { close } from "./expression.ts";
 * import { sma } from "./operators/averages/sma.ts";
 *
 * assert.equal(expressionText(close.above(sma(close, 30))), "close > sma(close, 30)");
 * ```
 */
export function expressionText(expression: Expression): string {
  const { graph, refs: [{ it }] } = writeGraph({ it: expression });
  return formulaText(it, graph, () => false);
}
