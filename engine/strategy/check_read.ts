import { InputError } from "../market/errors.ts";
import { Condition, Numeric } from "../series/expression.ts";
import { expressionText } from "../series/expression_text.ts";
import { expressionsIn } from "./expressions_in.ts";

/**
 * Refuses a condition that was made for a strategy and is no part of it: `a && b` is b alone, and whoever wrote it
 * meant another strategy. Numbers may be left over, with the conditions they are made of: they are asked for to be
 * looked at.
 */
export function checkRead(made: readonly object[], parts: object, strategy: string): void {
  const numbers = made.filter((it) => it instanceof Numeric);
  const read = new Set<object>(expressionsIn([parts, numbers]));
  const dropped = made.filter((it): it is Condition => it instanceof Condition && !read.has(it));
  if (dropped.length === 0) return;
  // Of what was dropped together the whole is told.
  const inner = new Set<object>(expressionsIn(dropped.map(({ inputs, args }) => [inputs, args])));
  const whole = dropped.find((it) => !inner.has(it))!;
  const text = expressionText(whole);
  throw new InputError(
    `Nothing in ${strategy} reads the condition ${text}. It has no value while build runs, so that &&, ||, ` +
      "?:, ! and if pass over it: use .and(), .or(), .not(), where() or choose(), or leave it out",
  );
}
