import type { Expression } from "../../series/expression.ts";
import { expressionText } from "../../series/expression_text.ts";
import type { Outputs } from "../../series/outputs.ts";

/** Several series as a person writes them: a line for each, its name first. */
export function outputsText(outputs: Outputs): string {
  const series = Object.entries<Expression>({ ...outputs });
  const width = Math.max(...series.map(([name]) => name.length));
  return series.map(([name, it]) => `${name.padEnd(width)}  = ${expressionText(it)}`).join("\n");
}
