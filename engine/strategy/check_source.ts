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

/** A name is given one where it is declared; what is given one later may as well be left without. */
const NAMED = new RegExp(
  `(?:\\b(?:const|let|var)\\s+|,\\s*)([\\w$]+)\\s*=\\s*${GIVES}\\s*(?=[,;\\n}]|$)`,
  "g",
);

/** Brackets with no others in them: a function's parameters, or anything else. */
const BRACKETS = /(?<!\b(?:if|for|while|switch)\s*)\(([^()]*)\)(?=\s*(?:=>|\{))|\(([^()]*)\)/g;

/** A parameter without brackets. */
const LONE = /([\w$]+)\s*=>/g;

/** What a text of code is not: comments, and texts in quotes. */
const NO_CODE = /\/\*[^]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`/g;

/** What an operand of && and || does not reach across. */
const BESIDE = /\?\?|=>|[,;?:=[\]{}]|\breturn\b/;

/**
 * Refuses `&&` and `||` beside a condition in the code of a `build` or a `where`: each gives one of its sides, and of
 * `a || b` the other one is not even made, so that nothing but the code tells of it. What stands last beside `&&` may
 * be switched by a flag; a condition before it is found by `checkRead`, unless it has a name by which others read it.
 */
export function checkSource(code: string, strategy: string): void {
  const { joined, named } = takenApart(code);
  for (const piece of joined.flatMap((text) => text.split(BESIDE))) {
    const choices = piece.split("||").map((choice) =>
      choice.split("&&").map((side) => side.trim())
    );
    const passed = choices.flatMap((sides) => sides.slice(0, -1)).find((side) => named.has(side));
    const given = choices.length === 1 ? [] : choices.map((sides) => sides.at(-1)!);
    const found = passed ?? given.find((side) => CONDITION.test(side) || named.has(side));
    if (found === undefined) continue;
    const sign = passed === undefined ? "||" : "&&", condition = found.replaceAll("§", "()");
    throw new InputError(
      `${strategy} has "${sign}" beside the condition ${condition}, which JavaScript takes or leaves as a whole: ` +
        "use .and(), .or() and .not() between conditions; for a plain flag, or something optional, use ?: or ??",
    );
  }
}

/** The code by its brackets, and the names that stand for conditions wherever they stand. */
function takenApart(code: string): { joined: readonly string[]; named: ReadonlySet<string> } {
  const joined: string[] = [], parameters: string[] = [];
  let left = code.replace(NO_CODE, (text) => text.startsWith("/") ? " " : '""');
  for (let before = ""; before !== left;) {
    before = left;
    // From the innermost brackets outwards.
    left = left.replace(BRACKETS, (_, declared?: string, other?: string) => {
      if (declared !== undefined) parameters.push(declared);
      joined.push(declared ?? other!);
      return "§";
    });
  }
  joined.push(left);
  const named = new Set<string>();
  for (const text of joined) for (const [, name] of text.matchAll(NAMED)) named.add(name);
  // Scopes are not told apart: what is a parameter anywhere may be anything.
  for (const text of joined) for (const [, name] of text.matchAll(LONE)) named.delete(name);
  for (const text of parameters) for (const [name] of text.matchAll(/[\w$]+/g)) named.delete(name);
  return { joined, named };
}
