import { InputError } from "../market/errors.ts";
import { CATALOGUE } from "../series/catalogue.ts";

/** Methods that give conditions, and functions that do. */
const METHODS = ["above", "below", "atLeast", "atMost", "equals", "and", "or", "not"];
const FUNCTIONS = CATALOGUE.flatMap((operator) =>
  operator.kind !== "adapter" && operator.output === "boolean" ? [operator.name] : []
);

/** What ends in a call that gives a condition; `§` stands for brackets and what is in them. */
const GIVES = String.raw`(?:[\w$.§]*\.(?:${METHODS.join("|")})|\b(?:${FUNCTIONS.join("|")}))§`;
const CONDITION = new RegExp(`^!*\\s*${GIVES}$`);
const NAMED = new RegExp(`([\\w$]+)\\s*=\\s*${GIVES}\\s*(?=[,;\\n}]|$)`, "g");

/** What a text of code is not: comments, and texts in quotes. */
const NO_CODE = /\/\*[^]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`/g;

/** What an operand of && and || does not reach across. */
const BESIDE = /\?\?|=>|[,;?:=[\]{}]|\breturn\b/;

/**
 * Refuses `&&` and `||` beside a condition in the code of a `build` or a `where`: each gives one of its sides, and of
 * `a || b` the other one is not even made, so that nothing but the code tells of it. What the code does not show is
 * found by `checkRead`.
 */
export function checkSource(code: string, strategy: string): void {
  const named = new Set<string>(), joined: string[] = [];
  let left = code.replace(NO_CODE, (text) => text.startsWith("/") ? " " : '""');
  for (let before = ""; before !== left;) {
    before = left;
    // From the innermost brackets outwards.
    left = left.replace(/\(([^()]*)\)/g, (_, inner: string) => {
      joined.push(inner);
      return "§";
    });
  }
  joined.push(left);
  for (const text of joined) for (const [, name] of text.matchAll(NAMED)) named.add(name);
  for (const piece of joined.flatMap((text) => text.split(BESIDE))) {
    const [sign] = /&&|\|\|/.exec(piece) ?? [];
    if (sign === undefined) continue;
    const sides = piece.split(/&&|\|\|/).map((side) => side.trim());
    const found = sides.find((side) => CONDITION.test(side) || named.has(side));
    if (found === undefined) continue;
    const condition = found.replaceAll("§", "()");
    throw new InputError(
      `${strategy} has "${sign}" beside the condition ${condition}, which JavaScript takes or leaves as a whole: ` +
        "use .and(), .or() and .not() between conditions",
    );
  }
}
