import type { OperatorDescription } from "./describe.ts";
import type { IndicatorDescription } from "./indicators.ts";

const cell = (text: string) => text.replaceAll("|", "\\|");

/** The catalogue as a page: a table for each family, then what technicalindicators has. */
export function operatorsMarkdown(
  operators: readonly OperatorDescription[],
  indicators: readonly IndicatorDescription[],
): string {
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
  return `${[HEAD, ...tables, indicatorTables(indicators)].join("\n\n")}\n`;
}

function indicatorTables(all: readonly IndicatorDescription[]): string {
  const patterns = all.filter(({ candles }) => candles !== undefined);
  const table = (heads: readonly string[], rows: readonly string[][]) =>
    [heads, heads.map(() => "---"), ...rows].map((cells) => `| ${cells.map(cell).join(" | ")} |`)
      .join("\n");
  const code = (text: string) => "`" + text + "`";
  return [
    "## Of the package technicalindicators",
    INDICATORS_HEAD,
    table(
      ["indicator", "gives", "where it is not what one would expect"],
      all.filter((one) => !patterns.includes(one)).map(({ call, outputs, note = "" }) => [
        code(call),
        outputs.join(", "),
        note,
      ]),
    ),
    "### Candle patterns",
    "Conditions, true on the candle that completes the pattern.",
    table(
      ["pattern", "candles", "where it is not what one would expect"],
      patterns.map(({ call, candles, note = "" }) => [code(call), String(candles), note]),
    ),
  ].join("\n\n");
}

const INDICATORS_HEAD =
  "By the package's own names and with its numbers, settings by name. Those shown with a value have it if they are left " +
  "out; the others have to be given, but for `close`, which stands for any series. Prefer an operator from above where there " +
  "is one: it is exact, much faster, and a bot that uses no indicator from here starts again at once.";

const HEAD = `# Operators

What a strategy's graph may consist of; ${"`deno task operators`"} lists it too, and ${"`deno task operators NAME`"} tells of one. The notebook [06_indicators](../notebooks/06_indicators.ipynb) shows most families in pictures.

- Series come first: ${"`x`, `a` and `b`"} are a candle's ${"`open`, `high`, `low`, `close`, `volume`"} or what another operator gives; ${"`condition`, `set` and `reset`"} are series that are true, false or unknown. An operator that names no series reads the candles by itself.
- Parameters follow, as numbers or as parameters of the strategy; one with a default may be left out.
- *Gives* is the type, or the names of several series: ${"`macd(close).signal`"}.
- *First known* is the first row with a value (rows count from 0), with the parameters as called, or 20 where there is no default; — depends on the data.
- *Remembers* is after how many rows (of a minute, for what goes by the clock) earlier ones count for less than a billionth; — is all since the run began.
- Every operator is causal: a row depends on no later one.
- Candlestick patterns, and whatever else the package technicalindicators has, come by its own names through ${"`indicator`"}: they stand [at the end](#of-the-package-technicalindicators). [Your own](own_operators.md) come through ${"`defineOperator`"}.

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
