import {
  compared,
  type DecimalFraction,
  difference,
  fractionNumber,
  fractionOf,
  product,
  quotient,
  sum,
} from "./decimal_fraction.ts";
import { type Condition, Expression, type Operand } from "./expression.ts";
import { type ParameterValues, scalarNumber, scalarOf } from "./scalars.ts";

type Pair = readonly [a: DecimalFraction, b: DecimalFraction];

const ARITHMETIC: Readonly<Record<string, (...pair: Pair) => DecimalFraction>> = {
  add: sum,
  subtract: difference,
  multiply: product,
  divide: quotient,
};

const COMPARISONS: Readonly<Record<string, (order: number) => boolean>> = {
  greater: (order) => order > 0,
  less: (order) => order < 0,
  greaterOrEqual: (order) => order >= 0,
  lessOrEqual: (order) => order <= 0,
  equal: (order) => order === 0,
};

/**
 * Whether a condition on parameters holds of these values. They are reckoned with as the decimals that were written:
 * 0.3 is at least 0.1 more than 0.2, which of the nearest doubles is not so. What has no decimals, such as a root, is
 * what the kernels make of it; an unknown condition, as after a division by 0, does not hold.
 */
export function scalarHolds(condition: Condition, parameters: ParameterValues): boolean {
  return fractionNumber(valueOf(condition, parameters, "where")) === 1;
}

function valueOf(operand: Operand, parameters: ParameterValues, place: string): DecimalFraction {
  if (!(operand instanceof Expression) || operand.op === "param") {
    return fractionOf(scalarNumber(operand, parameters, place));
  }
  const { op } = operand, inputs = operand.inputs.map((input) => valueOf(input, parameters, op));
  return exactly(op, inputs) ?? fractionOf(scalarOf(operand, () => inputs.map(fractionNumber)));
}

/** Undefined of an operator that is not reckoned here, and of what is unknown or infinite: kernels say what it is. */
function exactly(op: string, inputs: readonly DecimalFraction[]): DecimalFraction | undefined {
  if (inputs.some(({ under }) => under === 0n)) return undefined;
  const [a, b] = inputs;
  if (Object.hasOwn(COMPARISONS, op)) {
    return fractionOf(Number(COMPARISONS[op](compared(a, b))));
  }
  if (!Object.hasOwn(ARITHMETIC, op) || op === "divide" && b.over === 0n) return undefined;
  return ARITHMETIC[op](a, b);
}
