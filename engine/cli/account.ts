import { Command } from "commander";
import { didYouMean } from "../market/did_you_mean.ts";
import { InputError } from "../market/errors.ts";
import { accountMarkdown } from "./account/markdown.ts";
import { accountChapters, type Chapter, type Entry } from "./account/page.ts";
import { print } from "./output.ts";

/** The page of all that an account can be told. */
const PAGE = "docs/account.md";

/** `account [NAME]` */
export function accountCommand(): Command {
  return new Command()
    .description("List the signals, stops and settings of the account, or tell all about one")
    .argument("[name]", "the name of a signal, a stop or a setting")
    .option("--json", "as JSON")
    .option("--write", `write ${PAGE} from the tables`)
    .addHelpText("after", "\nExamples:\n  deno task account\n  deno task account limitEntry")
    .action(run);
}

function run(name: string | undefined, options: { json?: true; write?: true }): void {
  const chapters = accountChapters();
  if (options.write) {
    Deno.writeTextFileSync(PAGE, accountMarkdown(chapters));
    return print(`Wrote ${PAGE}`);
  }
  if (name === undefined) {
    return print(options.json ? JSON.stringify(chapters, null, 2) : list(chapters));
  }
  // A name may be there twice: `size` is a setting, and a strategy's own.
  const found = chapters.flatMap(({ title, entries }) =>
    entries.filter((entry) => entry.name === name).map((entry) => ({ where: title, ...entry }))
  );
  if (found.length === 0) {
    const names = chapters.flatMap(({ entries }) => entries.map((entry) => entry.name));
    throw new InputError(
      `Nothing of the account is called "${name}"${
        didYouMean(name, names) || ": see deno task account"
      }`,
    );
  }
  print(options.json ? JSON.stringify(found, null, 2) : found.map(card).join("\n\n"));
}

function list(chapters: readonly Chapter[]): string {
  return chapters.map(({ title, entries }) =>
    `${title}\n${entries.map((entry) => `  ${line(entry)}`).join("\n")}`
  ).join("\n\n");
}

function line({ name, description }: Entry): string {
  const [sentence] = description.split(/[:;(]|\. /);
  return `${name.padEnd(18)} ${sentence.trimEnd()}`;
}

function card({ where, name, allowed, byDefault, description }: Entry & { where: string }): string {
  return [
    `${name} (${where.toLowerCase()})`,
    "",
    description,
    "",
    `may be   ${allowed}`,
    `default  ${byDefault}`,
  ].join("\n");
}
