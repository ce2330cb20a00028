import { closest } from "fastest-levenshtein";
import { InputError } from "../market/errors.ts";
import type { Operator } from "./operator.ts";
import {
  addOperator,
  divideOperator,
  multiplyOperator,
  subtractOperator,
} from "./operators/arithmetic.ts";
import { atrOperator } from "./operators/atr.ts";
import { bollingerOperator } from "./operators/bollinger.ts";
import { changeOperator } from "./operators/change.ts";
import { chooseOperator } from "./operators/choose.ts";
import {
  equalOperator,
  greaterOperator,
  greaterOrEqualOperator,
  lessOperator,
  lessOrEqualOperator,
} from "./operators/comparison.ts";
import { crossesAboveOperator, crossesBelowOperator } from "./operators/crosses.ts";
import { deviationOperator } from "./operators/deviation.ts";
import { emaOperator } from "./operators/ema.ts";
import { highestOperator, lowestOperator } from "./operators/extremes.ts";
import { lagOperator } from "./operators/lag.ts";
import { andOperator, notOperator, orOperator } from "./operators/logic.ts";
import { macdOperator } from "./operators/macd.ts";
import { onOperator } from "./operators/on.ts";
import { rsiOperator } from "./operators/rsi.ts";
import { smaOperator } from "./operators/sma.ts";
import { sumOperator } from "./operators/sum.ts";
import { trueRangeOperator } from "./operators/true_range.ts";
import { whereOperator } from "./operators/where.ts";
import { wilderOperator } from "./operators/wilder.ts";

/** Every operator that a graph may use. A new one is a file in operators/ and a line here. */
export const CATALOGUE: readonly Operator[] = [
  addOperator,
  subtractOperator,
  multiplyOperator,
  divideOperator,
  greaterOperator,
  lessOperator,
  greaterOrEqualOperator,
  lessOrEqualOperator,
  equalOperator,
  andOperator,
  orOperator,
  notOperator,
  whereOperator,
  chooseOperator,
  lagOperator,
  changeOperator,
  crossesAboveOperator,
  crossesBelowOperator,
  sumOperator,
  smaOperator,
  deviationOperator,
  highestOperator,
  lowestOperator,
  emaOperator,
  wilderOperator,
  rsiOperator,
  macdOperator,
  bollingerOperator,
  trueRangeOperator,
  atrOperator,
  onOperator,
];

const byName = new Map(CATALOGUE.map((operator) => [operator.name, operator]));

/** The operator of that name. Throws an `InputError` that names the nearest one. */
export function findOperator(name: string): Operator {
  const operator = byName.get(name);
  if (operator) return operator;
  const nearest = closest(name, [...byName.keys()]);
  throw new InputError(`unknown operator "${name}": did you mean "${nearest}"?`);
}
