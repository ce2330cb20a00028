import type { OperatorDescription } from "./describe.ts";

const cell = (text: string) => text.replaceAll("|", "\\|");

/** The catalogue as a page: a table for each family. */
export function operatorsMarkdown(operators: readonly OperatorDescription[]): string {
  const families = Object.groupBy(operators, ({ family }) => family);
  const tables = Object.entries(families).map(([family, of]) =>
    [
      `## ${family === "" ? "The basics" : family[0].toUpperCase() + family.slice(1)}`,
      "",
      "| operator | gives | parameters | first known | remembers | what it is |",
      "| --- | --- | --- | --- | --- | --- |",
      ...of!.map(row),
    ].join("\n")
  );
  return `${HEAD}\n\n${tables.join("\n\n")}\n`;
}

const HEAD = `# Operators

What a strategy's graph may consist of, ${"`deno task operators`"} lists them too. This page is written by ${"`deno task operators --write`"} from the catalogue and the doc comments. *First known* is the first row with a value, with the parameters as called, or 20 where there is no default. *Remembers* is after how many rows what came before counts for less than a billionth; — is all since the run began. Every operator is causal: a row depends on no later one.`;

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
