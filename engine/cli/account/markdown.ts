import type { Chapter, Entry } from "./page.ts";

const FILES = ["pullback", "pyramid"] as const;

/** The chapters as a page: a table of each, and examples that are run by a test. */
export function accountMarkdown(chapters: readonly Chapter[]): string {
  const [pullback, pyramid] = FILES.map(sourceOf);
  const tables = chapters.map(({ title, about, entries }) =>
    [
      `## ${title}`,
      "",
      about,
      "",
      "| name | what it may be | default | what it is |",
      "| --- | --- | --- | --- |",
      ...entries.map(row),
    ].join("\n")
  );
  return [HEAD, examples(pullback, pyramid), ...tables].join("\n\n") + "\n";
}

function row({ name, allowed, byDefault, description }: Entry): string {
  const cells = ["`" + name + "`", allowed, byDefault, description];
  return `| ${cells.map((text) => text.replaceAll("|", "\\|")).join(" | ")} |`;
}

/** An example as it is written in `strategies/`. */
function sourceOf(name: string): string {
  const text = Deno.readTextFileSync(new URL(`${name}.ts`, import.meta.url));
  return text.replaceAll('"../../', '"../engine/')
    .replace(`export const ${name} = `, "export default ").trimEnd();
}

const HEAD = `# The account

All that may be said of how a strategy trades: its signals, its stops, and the account's settings. ${"`deno task account`"} lists them too, and ${"`deno task account NAME`"} tells of one. This page is written by ${"`deno task account --write`"} from the tables that refuse what is wrong: [signals.ts](../engine/account/signals.ts), [stop_rules.ts](../engine/account/stop_rules.ts), [settings.ts](../engine/account/settings.ts). Fractions are of 1: 0.01 is 1 %.`;

function examples(pullback: string, pyramid: string): string {
  return `## Two examples

A limit entry, a stop two average true ranges off, a part that is sold at a target, another when it runs hot, and a trailing stop for the rest:

${"```ts"}
${pullback}
${"```"}

Sized so that a stop costs a hundredth of the equity, with limits to what may be lost. Save the strategy as ${"`strategies/pullback.ts`"} and:

${"```ts"}
backtest(pullback, candles, {
  account: { sizing: "risk", size: 0.01, makerFee: 0.0002, maxDrawdown: 0.25, cooldown: 3 },
});
${"```"}

A position that is added to. What adds is a market order, so that ${"`maxEntries`"} goes with no ${"`limitEntry`"}; and each entry must leave cash for the next, so ${"`size`"} is not 1, or the account borrows:

${"```ts"}
${pyramid}
${"```"}

${"```ts"}
backtest(pyramid, candles, {
  account: { sizing: "risk", size: 0.005, leverage: 3, maintenanceMargin: 0.005, fundingRate: 0.0001 },
});
${"```"}`;
}
