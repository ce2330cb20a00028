import { type StopName, STOPS } from "../account/stop_rules.ts";
import type { Result } from "../research/result.ts";
import { stopValues } from "../strategy/stop_values.ts";
import { strategyText } from "../strategy/strategy_text.ts";
import { rulesTable } from "./rules_table.ts";
import type { OneRun } from "./runs_of.ts";
import type { Part } from "./section.ts";

/** The strategies of some runs, each once, with its parameters and stops. */
export function strategyParts(runs: readonly OneRun[]): Part[] {
  const by = Map.groupBy(runs, ({ result }) => textOf(result));
  return [...by].flatMap(([text, alike]) => {
    const [{ result }] = alike, names = alike.map(({ name }) => name).join(", ");
    if (result.strategy === undefined) return [];
    const of = by.size > 1 ? `${text}\n\non ${names}` : text, stops = stopRows(result);
    return [
      { kind: "code", text: of },
      { kind: "table", table: rulesTable(stops, stops.length === 0 ? "No stops." : "") },
    ];
  });
}

function textOf({ strategy, parameters }: Result): string {
  if (strategy === undefined) return "";
  const values = Object.entries(parameters).map(([name, value]) => `${name} ${value}`);
  const text = strategyText(strategy);
  return values.length === 0 ? text : `${text}\n\nrun with ${values.join(", ")}`;
}

function stopRows({ strategy, parameters }: Result) {
  if (strategy === undefined) return [];
  const values = stopValues(strategy.stops, parameters);
  const names = Object.keys(strategy.stops) as StopName[];
  return names.filter((name) => strategy.stops[name] !== undefined).map((name) => {
    const value = values[name] === undefined ? "a series" : `${values[name]}`;
    return [name, value, STOPS[name].description] as const;
  });
}
