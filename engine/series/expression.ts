import { type Field, FIELDS } from "../market/candles.ts";
import { describeValue } from "../market/describe_value.ts";
import { InputError } from "../market/errors.ts";
import { checkCall } from "./check_call.ts";
import { noteMade } from "./noted_conditions.ts";

/** What a series holds at each row: a number, or true (1), false (0) and unknown (NaN). */
export type ValueType = "number" | "boolean";

/** Known before a run starts (numbers, parameters, arithmetic on them), or one value a row. */
export type Sort = "scalar" | "column";

/** What an operator reads: another expression, or a number that stands for every row. */
export type Operand = number | Expression;

/** A setting of an operator, such as a window: a number or a text, or a scalar expression. */
export type Argument = number | string | Expression;

/** What an expression is made from. */
export interface ExpressionParts {
  /** The operator's name; `candle` and `param` are the leaves. */
  op: string;
  inputs?: readonly Operand[];
  args?: Readonly<Record<string, Argument>>;
  /** Which output, for operators that have several. */
  output?: string;
  sort?: Sort;
}

/**
 * A node of a strategy's graph. It holds no data and computes nothing: a plan does, for the batch and
 * for the live candle alike.
 */
export abstract class Expression {
  abstract readonly type: ValueType;
  readonly op: string;
  readonly inputs: readonly Operand[];
  readonly args: Readonly<Record<string, Argument>>;
  readonly output: string | undefined;
  readonly sort: Sort;

  constructor({ op, inputs = [], args = {}, output, sort = "column" }: ExpressionParts) {
    const wrong = inputs.findIndex((input) => !isOperand(input));
    if (wrong >= 0) {
      throw new InputError(
        `Input ${wrong + 1} of ${op} is ${
          describeValue(inputs[wrong])
        }, but must be a series or a ` +
          `number${hintFor(inputs[wrong], op)}`,
      );
    }
    checkNumbers(op, inputs);
    checkArguments(op, inputs, args);
    this.op = op;
    this.inputs = inputs;
    this.args = args;
    this.output = output;
    this.sort = sort;
  }

  /** A series is a plan for numbers, not a number: JavaScript's own operators cannot read it. */
  [Symbol.toPrimitive](): never {
    const name = this.op === "param"
      ? `The parameter "${this.args.name}"`
      : `A series (${this.op})`;
    throw new InputError(
      `${name} has no value yet, so it cannot be a plain number, text or condition: ` +
        `use .plus, .minus, .times, .over, .above, .below, where() or choose() instead`,
    );
  }
}

/** A number at each row, or a scalar. */
export class Numeric extends Expression {
  override readonly type = "number";

  constructor(parts: ExpressionParts) {
    super(parts);
    if (this.inputs.some((input) => input instanceof Condition)) noteMade(this);
  }

  plus(other: number | Numeric): Numeric {
    checkCall(".plus", arguments, 1);
    return new Numeric(elementwise("add", this, other));
  }
  minus(other: number | Numeric): Numeric {
    checkCall(".minus", arguments, 1);
    return new Numeric(elementwise("subtract", this, other));
  }
  times(other: number | Numeric): Numeric {
    checkCall(".times", arguments, 1);
    return new Numeric(elementwise("multiply", this, other));
  }
  /** Division; by zero it is unknown (NaN). */
  over(other: number | Numeric): Numeric {
    checkCall(".over", arguments, 1);
    return new Numeric(elementwise("divide", this, other));
  }
  above(other: number | Numeric): Condition {
    checkCall(".above", arguments, 1);
    return new Condition(elementwise("greater", this, other));
  }
  below(other: number | Numeric): Condition {
    checkCall(".below", arguments, 1);
    return new Condition(elementwise("less", this, other));
  }
  atLeast(other: number | Numeric): Condition {
    checkCall(".atLeast", arguments, 1);
    return new Condition(elementwise("greaterOrEqual", this, other));
  }
  atMost(other: number | Numeric): Condition {
    checkCall(".atMost", arguments, 1);
    return new Condition(elementwise("lessOrEqual", this, other));
  }
  equals(other: number | Numeric): Condition {
    checkCall(".equals", arguments, 1);
    return new Condition(elementwise("equal", this, other));
  }
}

/** True, false or unknown at each row. Only true fires a signal. */
export class Condition extends Expression {
  override readonly type = "boolean";

  constructor(parts: ExpressionParts) {
    super(parts);
    // One of several outputs comes with the others, wanted or not.
    if (parts.output === undefined) noteMade(this);
  }

  and(other: Condition): Condition {
    checkCall(".and", arguments, 1);
    return new Condition(elementwise("and", this, other));
  }
  or(other: Condition): Condition {
    checkCall(".or", arguments, 1);
    return new Condition(elementwise("or", this, other));
  }
  not(): Condition {
    checkCall(".not", arguments, 0);
    return new Condition(elementwise("not", this));
  }
}

/** The parts of an operator that works row by row, and so on scalars too. */
export function elementwise(op: string, ...inputs: Operand[]): ExpressionParts {
  return {
    op,
    inputs,
    sort: inputs.every((input) => isOperand(input) && isScalar(input)) ? "scalar" : "column",
  };
}

/** Operators that may be told to give what is not known, and those for which a bound may be none. */
const MAY_BE_NAN = ["where"], MAY_BE_ENDLESS = ["where", "min", "max", "clamp"];

/** Refuses numbers that say nothing at any row: they come of a mistake in what computed them. */
function checkNumbers(op: string, inputs: readonly Operand[]): void {
  inputs.forEach((input, i) => {
    if (typeof input !== "number" || Number.isFinite(input)) return;
    if ((input === input ? MAY_BE_ENDLESS : MAY_BE_NAN).includes(op)) return;
    throw new InputError(
      `Input ${i + 1} of ${op} is ${input}, but must be a series or a number that is finite`,
    );
  });
}

/** Refuses what comes of arguments in the wrong order: `sma(10, close)`, `rsi(14)`. */
function checkArguments(
  op: string,
  inputs: readonly Operand[],
  args: Readonly<Record<string, Argument>>,
): void {
  for (const [name, value] of Object.entries(args)) {
    if (!(value instanceof Expression) || value.sort === "scalar") continue;
    throw new InputError(
      `The ${name} of ${op} is a series (${nameOf(value)}), but must be a number or a parameter: ` +
        `the series comes first, as in ${op}(close, 14)`,
    );
  }
  const settings = Object.keys(args).filter((name) => name !== "choice" && name !== "options");
  if (settings.length === 0 || inputs.length === 0 || !inputs.every(isScalar)) return;
  const [first] = inputs, read = typeof first === "number" ? `the number ${first}` : nameOf(first);
  throw new InputError(
    `${op} reads ${read}, which is the same at every row: ` +
      `the series comes first, as in ${op}(close, 14)`,
  );
}

/** What was probably meant by an input that is none. */
function hintFor(input: unknown, op: string): string {
  if (input === undefined) return ": is its name misspelt?";
  if (typeof input === "boolean") return ": conditions are turned round by .not(), not by !";
  if (typeof input === "string") {
    return FIELDS.some((field) => field === input) ? `: write ${input} without quotes` : "";
  }
  if (typeof input !== "object" || input === null) return "";
  const names = Object.keys(input), [first] = names;
  if (Object.values(input)[0] instanceof Expression) {
    return `: take one of ${names.join(", ")}, as in .${first}`;
  }
  return `: write ${op}(close, …), which .on(candles) or .on(frame) computes on values`;
}

function nameOf({ op, args }: Expression): string {
  if (op === "param") return `the parameter "${args.name}"`;
  return op === "candle" ? String(args.field) : op;
}

function isOperand(value: unknown): boolean {
  return typeof value === "number" || value instanceof Expression;
}

/** Whether an operand is known before the run starts. */
export function isScalar(operand: Operand): boolean {
  return typeof operand === "number" || operand.sort === "scalar";
}

/** A parameter of the strategy, by name. */
export function param(name: string): Numeric {
  return new Numeric({ op: "param", args: { name }, sort: "scalar" });
}

function candle(field: Field): Numeric {
  return new Numeric({ op: "candle", args: { field } });
}

/** The candles' columns: prices in the quote currency, volume in units of the base. */
export const open: Numeric = candle("open");
export const high: Numeric = candle("high");
export const low: Numeric = candle("low");
export const close: Numeric = candle("close");
export const volume: Numeric = candle("volume");

/** The candles' columns by name. */
export const CANDLE: Readonly<Record<Field, Numeric>> = { open, high, low, close, volume };
