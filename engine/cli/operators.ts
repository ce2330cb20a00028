import { Command } from "commander";
import { didYouMean } from "../market/did_you_mean.ts";
import { InputError } from "../market/errors.ts";
import { CATALOGUE } from "../series/catalogue.ts";
import { describeOperators, type OperatorDescription } from "./operators/describe.ts";
import { firstSentence } from "./operators/first_sentence.ts";
import { describeIndicators, type IndicatorDescription } from "./operators/indicators.ts";
import { operatorsMarkdown } from "./operators/markdown.ts";
import { readOperatorTexts } from "./operators/read_texts.ts";
import { print } from "./output.ts";

/** The page of all operators. */
const PAGE = "docs/operators.md";
const TEXTS = "engine/cli/operators/texts.json";

/** `operators [NAME]` */
export function operatorsCommand(): Command {
  return new Command()
    .description("List what strategies may be made of, or tell all about one operator")
    .argument("[name]", "an operator's name")
    .option("--json", "as JSON")
    .option("--write", `write ${PAGE} from the catalogue and its doc comments`)
    .addHelpText("after", "\nExamples:\n  deno task operators\n  deno task operators macd")
    .action(run);
}

function run(name: string | undefined, options: { json?: true; write?: true }): void {
  if (options.write) return write();
  const all = describeOperators();
  if (name === undefined) {
    return print(options.json ? JSON.stringify(all, null, 2) : list(all));
  }
  const one = all.find((operator) => operator.name === name);
  if (one) return print(options.json ? JSON.stringify(one, null, 2) : card(one));
  const indicators = describeIndicators(), other = indicators.find((other) => other.name === name);
  if (other) return print(options.json ? JSON.stringify(other, null, 2) : indicatorCard(other));
  const hint = didYouMean(name, [...all, ...indicators].map((known) => known.name));
  throw new InputError(`There is no operator "${name}"${hint || ": see deno task operators"}`);
}

/** Both files are made of the sources; the second of them in a process that has read the first. */
function write(): void {
  const names = CATALOGUE.filter(({ kind }) => kind !== "adapter").map(({ name }) => name);
  const texts = `${JSON.stringify(readOperatorTexts(names), null, 2)}\n`;
  const isNew = Deno.readTextFileSync(TEXTS) !== texts;
  if (isNew) {
    Deno.writeTextFileSync(TEXTS, texts);
    return print(`Wrote ${TEXTS}: run this once more for ${PAGE}`);
  }
  Deno.writeTextFileSync(PAGE, operatorsMarkdown(describeOperators(), describeIndicators()));
  print(`Wrote ${PAGE}`);
}

function list(operators: readonly OperatorDescription[]): string {
  const families = Object.groupBy(operators, ({ family }) => family);
  const indicators = describeIndicators();
  const names = (isPattern: boolean) =>
    indicators.filter(({ candles }) => (candles !== undefined) === isPattern)
      .map(({ name }) => `  ${name}`).join("\n");
  return [
    ...Object.entries(families).map(([family, of]) =>
      `${family}\n${of!.map((operator) => `  ${line(operator)}`).join("\n")}`
    ),
    `of the package technicalindicators: indicator("RSI", { values: close })\n${names(false)}`,
    `its candle patterns: indicator("doji")\n${names(true)}`,
  ].join("\n\n");
}

function line({ call, about }: OperatorDescription): string {
  return `${call.padEnd(58)} ${firstSentence(about)}`;
}

function card(operator: OperatorDescription): string {
  const { call, about, note, inputs, outputs, parameters, firstKnown, memory, version } = operator;
  const rules = Object.entries(parameters).map(([name, rule]) => `${name}: ${rule}`).join("; ");
  return [
    call,
    "",
    about,
    ...note === undefined ? [] : [note],
    "",
    `reads       ${inputs.join(", ") || "nothing but the time"}`,
    `gives       ${outputs.join(", ")}`,
    `parameters  ${rules || "none"}`,
    `first known ${firstKnown === null ? "depends on the data" : `row ${firstKnown}`}`,
    `remembers   ${memory === null ? "all since the run began" : `${memory} rows`}`,
    `version     ${version}`,
  ].join("\n");
}

function indicatorCard({ call, outputs, candles, note }: IndicatorDescription): string {
  return [
    call,
    "",
    `${
      candles === undefined ? "An indicator" : "A candle pattern"
    } of the package technicalindicators.`,
    ...note === undefined ? [] : [`Where it is not what one would expect: ${note}.`],
    "",
    `gives       ${outputs.join(", ")}`,
    ...candles === undefined ? [] : [`candles     ${candles}`],
  ].join("\n");
}
