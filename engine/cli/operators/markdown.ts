import type { OperatorDescription } from "./describe.ts";

const cell = (text: string) => text.replaceAll("|", "\\|");

/** The catalogue as a page: a table for each family. */
export function operatorsMarkdown(operators: readonly OperatorDescription[]): string {
  const families = Object.groupBy(operators, ({ family }) => family);
  const tables = Object.entries(families).map(([family, of]) =>
    [
      `## ${family[0].toUpperCase() + family.slice(1)}`,
      "",
      "| operator | gives | parameters | first known | remembers | what it is |",
      "| --- | --- | --- | --- | --- | --- |",
      ...of!.map(row),
    ].join("\n")
  );
  return `${HEAD}\n\n${tables.join("\n\n")}\n`;
}

const HEAD = `# Operators

What a strategy's graph may consist of; ${"`deno task operators`"} lists it too, and ${"`deno task operators NAME`"} tells of one. The notebook [06_indicators](../notebooks/06_indicators.ipynb) shows most families in pictures.

- Series come first: ${"`x`, `a` and `b`"} are a candle's ${"`open`, `high`, `low`, `close`, `volume`"} or what another operator gives; ${"`condition`, `set` and `reset`"} are series that are true, false or unknown. An operator that names no series reads the candles by itself.
- Parameters follow, as numbers or as parameters of the strategy; one with a default may be left out.
- *Gives* is the type, or the names of several series: ${"`macd(close).signal`"}.
- *First known* is the first row with a value (rows count from 0), with the parameters as called, or 20 where there is no default; — depends on the data.
- *Remembers* is after how many rows (of a minute, for what goes by the clock) earlier ones count for less than a billionth; — is all since the run began.
- Every operator is causal: a row depends on no later one.
- Candlestick patterns, and whatever else the package technicalindicators has, come by its own names through [indicator](../engine/series/operators/technicalindicators/indicator.ts): ${'`indicator("doji")`'}. Your own come through [defineOperator](../engine/series/define_operator.ts).

This page is written by ${"`deno task operators --write`"} from the catalogue and the doc comments.`;

function row(operator: OperatorDescription): string {
  const { call, outputs, parameters, firstKnown, memory, about, note } = operator;
  const rules = Object.entries(parameters).map(([name, rule]) => `${name}: ${rule}`).join("; ");
  const number = (value: number | null) => value === null ? "—" : String(value);
  const cells = [
    "`" + call + "`",
    outputs.join(", "),
    rules,
    number(firstKnown),
    number(memory),
    note === undefined ? about : `${about} ${note}`,
  ];
  return `| ${cells.map(cell).join(" | ")} |`;
}
