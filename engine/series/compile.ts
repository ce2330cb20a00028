import { InputError } from "../market/errors.ts";
import type { Field } from "../market/candles.ts";
import type { Source } from "../market/resample.ts";
import { nests, parseTimeframe, type Timeframe } from "../market/timeframe.ts";
import { findOperator } from "./catalogue.ts";
import { checkArity, outputNames } from "./check_arity.ts";
import { Expression, isScalar, Numeric, type Operand } from "./expression.ts";
import type { Chosen, Composite, Elsewhere, Kernel, Longer, Replayed } from "./operator.ts";
import type { Program, Slot, Step } from "./program.ts";
import { argumentValues, type ParameterValues, scalarNumber, scalarValue } from "./scalars.ts";

/** How a longer timeframe is shown. */
export interface Showing {
  once: boolean;
  /** By what its candles are made. */
  source: Source;
}

/** A program while it is made: what is in it already, by what it does. */
class Draft {
  readonly program: Program;
  readonly steps = new Map<string, Slot[]>();
  readonly prices = new Map<Slot, Field>();
  readonly longerOnes = new Map<Timeframe, { draft: Draft; step: Step & { kind: "longer" } }>();

  constructor(timeframe: Timeframe) {
    this.program = { timeframe, steps: [], columns: 0, shown: [] };
  }
}

/**
 * Turns expressions into a program, and finds the column of each. Parameters get their values,
 * composites are written out, and equal expressions share one step.
 */
export class Compiler {
  readonly program: Program;
  /** The market whose candles are meant now: the run's own, unless it is named. */
  private market: string | undefined;
  private readonly known = new Map<string | undefined, Map<Expression, Slot>>();
  private readonly longerOnes = new Map<Timeframe, Compiler>();
  private readonly draft: Draft;
  /** The columns that what it was given needs. */
  readonly used = new Set<Slot>();

  constructor(timeframe: Timeframe | Draft, private readonly parameters: ParameterValues) {
    this.draft = timeframe instanceof Draft ? timeframe : new Draft(timeframe);
    this.program = this.draft.program;
  }

  /** A compiler into the same program, under other values of the parameters. */
  under(parameters: ParameterValues): Compiler {
    return new Compiler(this.draft, parameters);
  }

  /** The column that will hold an operand. */
  slot(operand: Operand): Slot {
    if (typeof operand === "number") return this.constant(operand);
    const known = this.known.get(this.market) ?? new Map<Expression, Slot>();
    this.known.set(this.market, known);
    const slot = known.get(operand) ?? this.compile(operand);
    known.set(operand, slot);
    return slot;
  }

  /** As `slot`, over the candles of another market. */
  private slotOf(operand: Operand, market: string | undefined): Slot {
    const own = this.market;
    this.market = market;
    const slot = this.slot(operand);
    this.market = own;
    return slot;
  }

  private compile(expression: Expression): Slot {
    if (expression.op === "candle") return this.candle(expression.args.field as Field);
    if (expression.sort === "scalar") {
      return this.constant(scalarNumber(expression, this.parameters, expression.op));
    }
    const operator = findOperator(expression.op, expression.args);
    checkArity(operator, expression);
    switch (operator.kind) {
      case "kernel":
      case "replayed":
        return this.kernel(operator, expression);
      case "composite":
        return this.composite(operator, expression);
      case "longer":
        return this.onLonger(operator, expression);
      case "elsewhere":
        return this.elsewhere(operator, expression);
      case "chosen":
        return this.chosen(operator, expression);
    }
  }

  private kernel(kernel: Kernel | Replayed, { inputs: operands, args, output }: Expression): Slot {
    const inputs = operands.map((operand) => this.slot(operand));
    const values = argumentValues(kernel, args, this.parameters);
    const names = outputNames(kernel);
    const outputs = this.once(`${kernel.name} ${inputs} ${JSON.stringify(values)}`, () => {
      const outputs = names.map(() => this.program.columns++);
      const price = this.draft.prices.get(inputs[0]);
      this.program.steps.push({ kind: "kernel", kernel, args: values, inputs, outputs, price });
      return outputs;
    });
    return outputs[output === undefined ? 0 : names.indexOf(output)];
  }

  private composite(operator: Composite, { inputs, args, output }: Expression): Slot {
    argumentValues(operator, args, this.parameters);
    const expanded = operator.expand(inputs.map(column), args);
    return this.slot(expanded instanceof Expression ? expanded : expanded[output!]);
  }

  private onLonger(operator: Longer, { inputs: [x], args }: Expression): Slot {
    argumentValues(operator, args, this.parameters);
    const timeframe = parseTimeframe(String(scalarValue(args.timeframe, this.parameters)));
    if (timeframe === this.program.timeframe) return this.slot(x);
    if (!nests(this.program.timeframe, timeframe)) {
      throw new InputError(
        `Cannot make ${timeframe} candles of ${this.program.timeframe} ones: on() needs a longer ` +
          `timeframe, every boundary of which is one of ${this.program.timeframe}`,
      );
    }
    return this.show(timeframe, x, { once: false, source: "complete" });
  }

  /** The column that shows an operand of a longer timeframe, which this program's candles make. */
  show(timeframe: Timeframe, operand: Operand, { once, source }: Showing): Slot {
    const { compiler, step } = this.longer(timeframe, source);
    const slot = compiler.slotOf(operand, this.market);
    const [out] = this.once(`on ${timeframe} ${slot}${once ? " once" : ""}`, () => {
      const out = this.program.columns++;
      step.shown.push({ slot, out, once });
      step.program.shown.push(slot);
      return [out];
    });
    return out;
  }

  private elsewhere(operator: Elsewhere, { inputs: [x], args }: Expression): Slot {
    argumentValues(operator, args, this.parameters);
    return this.slotOf(x, String(args.symbol));
  }

  private longer(timeframe: Timeframe, source: Source) {
    const { longerOnes } = this.draft;
    let found = longerOnes.get(timeframe);
    if (!found) {
      const draft = new Draft(timeframe);
      const step = { kind: "longer" as const, program: draft.program, source, shown: [] };
      longerOnes.set(timeframe, found = { draft, step });
      this.program.steps.push(step);
    }
    let compiler = this.longerOnes.get(timeframe);
    if (!compiler) {
      compiler = new Compiler(found.draft, this.parameters);
      this.longerOnes.set(timeframe, compiler);
    }
    return { compiler, step: found.step };
  }

  private chosen(operator: Chosen, { inputs, args }: Expression): Slot {
    argumentValues(operator, args, this.parameters);
    const names = String(args.options).split(" ");
    if (names.length !== inputs.length) {
      throw new InputError(
        `choose: ${inputs.length} series, but ${names.length} names: "${args.options}"`,
      );
    }
    const choice = scalarValue(args.choice, this.parameters), index = names.indexOf(String(choice));
    if (index >= 0) return this.slot(inputs[index]);
    throw new InputError(`choose: "${choice}" is not among the options ${names.join(", ")}`);
  }

  private candle(field: Field): Slot {
    const { market: instrument } = this,
      place = instrument === undefined ? "" : ` of ${instrument}`;
    const [slot] = this.once(`candle ${field}${place}`, () => {
      const out = this.program.columns++;
      this.program.steps.push({ kind: "candle", instrument, field, out });
      // Another market's have holes, over which no sum of whole ticks can go.
      if (field !== "volume" && instrument === undefined) this.draft.prices.set(out, field);
      return [out];
    });
    return slot;
  }

  private constant(value: number): Slot {
    const [slot] = this.once(`constant ${value}`, () => {
      const out = this.program.columns++;
      this.program.steps.push({ kind: "constant", value: value + 0, out });
      return [out];
    });
    return slot;
  }

  private once(key: string, make: () => Slot[]): Slot[] {
    const { steps } = this.draft;
    let slots = steps.get(key);
    if (!slots) steps.set(key, slots = make());
    for (const slot of slots) this.used.add(slot);
    return slots;
  }
}

/** A scalar as a column that holds it at every row, for formulas that look back at their inputs. */
function column(operand: Operand): Expression {
  if (typeof operand !== "number" && !isScalar(operand)) return operand;
  return new Numeric({ op: "add", inputs: [operand, 0] });
}
