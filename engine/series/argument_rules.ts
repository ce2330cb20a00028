import { describeValue } from "../market/describe_value.ts";
import { didYouMean } from "../market/did_you_mean.ts";
import { InputError } from "../market/errors.ts";
import { parseTimeframe } from "../market/timeframe.ts";
import { type Argument, Expression } from "./expression.ts";
import type { ArgumentRule, NumberRule, Operator } from "./operator.ts";

/**
 * Holds what is already known of an operator's arguments to their rules, where they are written: a
 * parameter has its value only in a run. Throws an `InputError` for one that breaks its rule, is missing
 * or unknown.
 */
export function checkWritten(operator: Operator, args: Readonly<Record<string, Argument>>): void {
  for (const name of Object.keys(args)) checkArgument(operator, name);
  for (const [name, rule] of Object.entries(operator.args)) {
    const place = `${operator.name}: ${name}`, value = args[name];
    if (value === undefined) throw new InputError(`${place} is missing`);
    if (!(value instanceof Expression)) checkValue(value, rule, place);
    else if (rule === "symbol") {
      throw new InputError(`${place} is a parameter, but must be a text: it says what a run needs`);
    }
  }
}

/** Refuses an argument that the operator does not have. */
export function checkArgument({ name, args }: Operator, argument: string): void {
  if (Object.hasOwn(args, argument)) return;
  const known = Object.keys(args), hint = didYouMean(argument, known) || ".";
  const has = known.length > 0 ? `It has ${known.join(", ")}` : "It has none";
  throw new InputError(`${name} has no argument "${argument}"${hint} ${has}`);
}

/** Refuses a value that breaks its rule; `place` begins the message. */
export function checkValue(value: unknown, rule: ArgumentRule, place: string): void {
  if (typeof rule === "object") {
    if (typeof value === "number") return checkRule(value, rule, place);
    throw new InputError(`${place} is ${describeValue(value)}, but must be a number`);
  }
  if (typeof value !== "string") {
    throw new InputError(`${place} is ${describeValue(value)}, but must be a text`);
  }
  if (rule === "timeframe") parseTimeframe(value);
  if (rule === "symbol" && (value === "" || value !== value.trim())) {
    throw new InputError(`${place} is ${describeValue(value)}, but must be a symbol: "ETH/USDT"`);
  }
}

/** Refuses a number that breaks its rule. */
export function checkRule(value: number, { whole, min, max }: NumberRule, name: string): void {
  const fits = value >= min && value <= max && (!whole || Number.isInteger(value));
  if (fits) return;
  const kind = whole ? "a whole number" : "a number";
  throw new InputError(`${name} is ${value}, but must be ${kind} from ${min} to ${max}`);
}
