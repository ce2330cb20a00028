import { CANDLE } from "../../series/expression.ts";
import type { Description } from "../../series/operators/technicalindicators/description.ts";
import { type Pattern, PATTERNS } from "../../series/operators/technicalindicators/patterns.ts";
import { INDICATORS } from "../../series/operators/technicalindicators/table.ts";

/** An indicator or candle pattern of the package technicalindicators. */
export interface IndicatorDescription {
  name: string;
  /** How it is called, with the values that its settings have if they are left out. */
  call: string;
  outputs: readonly string[];
  /** How many candles a pattern has. */
  candles?: number;
  note?: string;
}

/** All that `indicator` can be asked for: indicators first, then patterns, as the package calls them. */
export function describeIndicators(): IndicatorDescription[] {
  const named = <T>(table: Readonly<Record<string, T>>) =>
    Object.entries(table).toSorted(([a], [b]) => a.localeCompare(b, "en"));
  return [
    ...named<Description>(INDICATORS).map(([name, { inputs, parameters, output, note }]) => ({
      name,
      call: callOf(name, inputs, parameters),
      outputs: typeof output === "string" ? [output] : output,
      ...note !== undefined && { note },
    })),
    ...named<Pattern>(PATTERNS).map(([name, { rows, note }]) => ({
      name,
      call: `indicator("${name}")`,
      outputs: ["boolean"],
      candles: rows,
      ...note !== undefined && { note },
    })),
  ];
}

/** Inputs that candles have by themselves may be left out. */
function callOf(
  name: string,
  inputs: Description["inputs"],
  parameters: Description["parameters"],
): string {
  const settings = [
    ...inputs.filter((input) => !(input in CANDLE)).map((input) => `${input}: close`),
    ...Object.entries(parameters).map(([parameter, { default: usual, flag }]) =>
      flag
        ? `${parameter}: ${usual === 1}`
        : usual === undefined
        ? parameter
        : `${parameter}: ${usual}`
    ),
  ];
  return `indicator("${name}"${settings.length === 0 ? "" : `, { ${settings.join(", ")} }`})`;
}
