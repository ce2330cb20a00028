import { FIELDS } from "../../../market/candles.ts";
import type { ValueType } from "../../expression.ts";
import type { Fill, Replayed } from "../../operator.ts";
import type { Description } from "./description.ts";
import { beginIndicator, type HiddenState } from "./library.ts";

/**
 * An indicator of the library as an operator: row by row through `nextValue`. A row on which an input
 * is unknown is not fed to it, and its outputs are unknown there; so is what is no finite number.
 */
export function replayedIndicator(
  name: string,
  { inputs, parameters, output, note }: Description,
  family: { name: string; version: number },
): Replayed {
  const numbers = Object.entries(parameters).map(([parameter, { whole, min, max }]) =>
    [parameter, { whole, min, max }] as const
  );
  return {
    kind: "replayed",
    name: `${family.name} ${name}`,
    version: family.version,
    inputs: inputs.map(() => "number"),
    output: typeof output === "string" ? output : named(output),
    args: { indicator: "text", ...Object.fromEntries(numbers) },
    note,
    begin: (args) => fillFrom(beginIndicator(name, inputs, args), inputs, output),
  };
}

function named(outputs: readonly string[]): Record<string, ValueType> {
  return Object.fromEntries(outputs.map((name) => [name, "number"]));
}

function fillFrom(
  indicator: HiddenState,
  inputs: readonly string[],
  output: Description["output"],
): Fill {
  const next = nextOf(indicator, inputs);
  return (columns, outputs, from, to) => {
    for (let i = from; i < to; i++) {
      const row = columns.map((column) => column[i]);
      const value = row.every(Number.isFinite) ? next(row) : undefined;
      if (typeof output === "string") outputs[0][i] = known(value);
      else {
        const values = value as Record<string, unknown> | undefined;
        for (let n = 0; n < output.length; n++) outputs[n][i] = known(values?.[output[n]]);
      }
    }
  };
}

/** How the indicator wants a row: candles as an object, which it may keep, anything else as it is. */
function nextOf(indicator: HiddenState, inputs: readonly string[]) {
  const ofCandles = inputs.every((input) => FIELDS.some((field) => field === input));
  if (!ofCandles) return (row: readonly number[]) => indicator.nextValue(...row);
  return (row: readonly number[]) => {
    const candle: Record<string, number> = {};
    for (let n = 0; n < inputs.length; n++) candle[inputs[n]] = row[n];
    return indicator.nextValue(candle);
  };
}

function known(value: unknown): number {
  if (typeof value === "boolean") return value ? 1 : 0;
  return typeof value === "number" && Number.isFinite(value) ? value + 0 : NaN;
}
