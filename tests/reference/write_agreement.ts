/**
 * Writes AGREEMENT.md: how far each operator is from what other libraries make of the same candles.
 *
 *     deno task agreement
 */
import { CATALOGUE } from "../../engine/series/catalogue.ts";
import {
  type ComparedSeries,
  farthest,
  goldenSeries,
  stockIndicators,
} from "./operator_agreement.ts";
import {
  type Comparison,
  PANDAS,
  STOCK_INDICATORS,
  TALIB,
  TALIB_BASICS,
} from "./operator_sources.ts";

const more = goldenSeries("golden_more.json.gz");

const SOURCES: [string, readonly Comparison[], ComparedSeries[]][] = [
  ["TA-Lib", TALIB_BASICS, goldenSeries("golden.json.gz")],
  ["TA-Lib", TALIB, more],
  ["numpy, pandas", PANDAS, more],
  ["Stock.Indicators", STOCK_INDICATORS, [await stockIndicators()]],
];

function row(library: string, comparison: Comparison, all: ComparedSeries[]): string {
  const { operator, theirs, after = 0, absolute = 0, because = "", on } = comparison;
  const found = all.filter(({ name }) => on === undefined || on === name).map((series) =>
    farthest(series.ours(comparison), series.theirs(comparison), comparison)
  );
  const rows = found.reduce((sum, { rows }) => sum + rows, 0);
  const difference = Math.max(...found.map(({ difference }) => difference));
  const size = difference === 0 ? "0" : difference.toExponential(1);
  const cells = [operator, library, theirs, rows, after || "", size, absolute || "", because];
  return `| ${cells.join(" | ")} |`;
}

const rows = SOURCES.flatMap(([library, comparisons, all]) =>
  comparisons.map((comparison) => row(library, comparison, all))
).sort();
const compared = new Set(SOURCES.flatMap(([, all]) => all.map(({ operator }) => operator)));
const others = CATALOGUE.filter(({ kind, name }) => kind !== "adapter" && !compared.has(name))
  .map(({ name }) => name);

Deno.writeTextFileSync(
  new URL("AGREEMENT.md", import.meta.url),
  `# How far operators are from others

Written by \`deno task agreement\`; operator_sources_test.ts holds each row to 1e-9. *Difference* is the largest one, as a
fraction of theirs, over *rows* rows behind the first *after* ones; *floor* is what counts as none whatever the value,
in the column's own unit, where it passes through 0.

| operator | library | theirs | rows | after | difference | floor | why so |
| --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join("\n")}

${compared.size} operators are compared here. The others are held to exact arithmetic or to a table by hand in tests/series:
${others.join(", ")}.
`,
);
