import type { Rule } from "../account/rule.ts";
import { allSettings, SETTINGS } from "../account/settings.ts";
import { type StopName, STOPS } from "../account/stop_rules.ts";
import type { Candles } from "../market/candles.ts";
import type { Result } from "../research/result.ts";
import { mayBeShort } from "../strategy/strategy.ts";
import { clockCaption, spanCaption, strategyName, valueText } from "./captions.ts";
import { span } from "./shown_rows.ts";

const PARAMETER = "parameter ";

/**
 * Names for results beside each other: what differs between them, of the strategies, the parameters,
 * the candles and the accounts. Those that are the same in all of these are numbered.
 */
export function resultNames(results: readonly Result[]): string[] {
  const isSame = new Set(results.map(strategyName)).size === 1;
  // The stops of other strategies are theirs, and told by their names.
  const traits = results.map((result) =>
    new Map([...traitsOf(result), ...(isSame ? stopTraits(result) : [])])
  );
  const all = new Set(traits.flatMap((each) => [...each.keys()]));
  const differing = [...all].filter((key) => new Set(traits.map((each) => each.get(key))).size > 1)
    .sort((a, b) => rank(a) - rank(b));
  const names = traits.map((each) => differing.flatMap((key) => each.get(key) ?? []).join(", "));
  return numbered(names.map((name, i) => name === "" ? strategyName(results[i]) : name), results);
}

/** What results have in common, such as `3 × sma_cross (slow 100)`. */
export function sharedCaption(results: readonly Result[]): string {
  const names = new Set(results.map(strategyName)), [{ parameters }] = results;
  if (names.size > 1) return `${results.length} results`;
  const shared = Object.entries(parameters).filter(([name, value]) =>
    results.every((result) => result.parameters[name] === value)
  );
  const values = shared.map(([name, value]) => valueText(name, value)).join(", ");
  return `${results.length} × ${[...names][0]}${values === "" ? "" : ` (${values})`}`;
}

/** Whether two results are over candles of the same times and prices. */
export function isSameMarket(a: Candles, b: Candles): boolean {
  if (a === b) return true;
  return a.length === b.length && (["time", "open", "high", "low", "close"] as const).every(
    (name) => a[name].every((value, i) => value === b[name][i]),
  );
}

/** What can differ between results, by a key of each, as a name says it. */
function traitsOf(result: Result): Map<string, string> {
  const { parameters, candles } = result, rows = { first: 0, last: candles.length };
  return new Map([
    ["strategy", strategyName(result)],
    ...Object.entries(parameters).map(([name, value]): [string, string] => {
      return [`${PARAMETER}${name}`, valueText(name, value)];
    }),
    ["timeframe", clockCaption(result)],
    ["span", spanCaption(span(candles, rows))],
    ...settingTraits(result),
  ]);
}

function settingTraits(result: Result): [string, string][] {
  const all = allSettings(result.account), shorts = shortsText(result);
  const isShare = !["quote", "units"].includes(all.sizing);
  return Object.entries(SETTINGS).flatMap(([name, { rule }]): [string, string][] => {
    const value = all[name as keyof typeof all];
    if (name === "shorts") return shorts === undefined ? [] : [[name, shorts]];
    if (name === "size") return [[name, `size ${isShare ? percent(all.size) : all.size}`]];
    return [[name, ruledText(name, value, rule)]];
  });
}

/** The stops that are numbers; one that is a parameter is told as that. */
function stopTraits({ strategy }: Result): [string, string][] {
  if (strategy === undefined) return [];
  return Object.entries(STOPS).flatMap(([name, { rule }]): [string, string][] => {
    const value = strategy.stops[name as StopName];
    if (typeof value === "object") return [];
    return [[`stop ${name}`, ruledText(name, value, rule)]];
  });
}

/** A setting with its value, as a percentage where it is a fraction. */
function ruledText(name: string, value: number | string | boolean | undefined, rule: Rule): string {
  if (value === undefined) return `no ${name}`;
  const isFraction = rule.type === "number" && rule.allowed.startsWith("a fraction");
  return valueText(name, isFraction ? percent(value as number) : value);
}

function percent(fraction: number): string {
  return `${Number((100 * fraction).toPrecision(12))}%`;
}

/** Whether it may sell short, where that does not follow from its strategy. */
function shortsText({ strategy, account: { shorts } }: Result): string | undefined {
  if (strategy === undefined || shorts === mayBeShort(strategy)) return undefined;
  return shorts ? "with shorts" : "without shorts";
}

/** What a name begins with: the strategy, then its parameters. */
function rank(key: string): number {
  return key === "strategy" ? 0 : key.startsWith(PARAMETER) ? 1 : 2;
}

/** Numbers names that would be there twice; results over other prices are said to be. */
function numbered(names: readonly string[], results: readonly Result[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name, i) => {
    const twins = results.filter((_, j) => names[j] === name);
    if (twins.length === 1) return name;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    const others = twins.some(({ candles }) => !isSameMarket(candles, results[i].candles));
    return `${name} (${others ? "candles " : ""}${count})`;
  });
}
