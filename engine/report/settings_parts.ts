import { allSettings, SETTINGS } from "../account/settings.ts";
import type { OneRun } from "./runs_of.ts";
import { rulesTable } from "./rules_table.ts";
import type { Part, TextCells } from "./section.ts";

type SettingName = keyof typeof SETTINGS;

/** Every setting of the account; and of several instruments those that each has of its own. */
export function settingsParts(runs: readonly OneRun[]): Part[] {
  const names = Object.keys(SETTINGS) as SettingName[];
  const differing = names.filter((name) => new Set(runs.map((run) => valueOf(run, name))).size > 1);
  const rows = names.map((name) => {
    const value = differing.includes(name) ? "see below" : valueOf(runs[0], name);
    return [name, value, SETTINGS[name].description.replaceAll("`", "")] as const;
  });
  const caption = "As a config has them: fractions are of 1, 0.001 is 0.1 %.";
  return [
    { kind: "table", table: rulesTable(rows, caption) },
    ...(differing.length === 0
      ? []
      : [{ kind: "table", table: ownTable(runs, differing) } as const]),
  ];
}

function ownTable(runs: readonly OneRun[], names: readonly SettingName[]): TextCells {
  return {
    columns: ["Instrument", ...names].map((name, i) => ({ name, right: i > 0 })),
    rows: runs.map((run) => [run.name, ...names.map((name) => valueOf(run, name))]),
    caption: "What of these is each instrument's own.",
  };
}

function valueOf({ result }: OneRun, name: SettingName): string {
  const value = allSettings(result.account)[name];
  return value === undefined ? "not set" : `${value}`;
}
