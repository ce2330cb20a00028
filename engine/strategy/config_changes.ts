import { joined } from "./check_json.ts";
import type { Config } from "./config.ts";

/** What differs between two configs at one place. */
export interface ConfigChange {
  /** Its JSON path, such as `strategy.params.fast`. */
  path: string;
  /** What is there; `undefined` where nothing is. */
  was: unknown;
  is: unknown;
}

/**
 * What of one config another one says otherwise, of all that decides what it does: names, schemas and
 * receipts are no part of it. What is deepest is told, in the order of the first config.
 */
export function configChanges(was: Config, is: Config): ConfigChange[] {
  return changesOf("", decisive(was), decisive(is));
}

function decisive({ market, strategy, account, risk }: Config) {
  return { market, strategy, account, risk };
}

function changesOf(path: string, was: unknown, is: unknown): ConfigChange[] {
  const [before, after] = [partsOf(was), partsOf(is)];
  if (before && after && Array.isArray(was) === Array.isArray(is)) {
    const steps = new Set([...before.keys(), ...after.keys()]);
    return [...steps].flatMap((step) =>
      changesOf(joined(path, step), before.get(step), after.get(step))
    );
  }
  return Object.is(was, is) ? [] : [{ path, was, is }];
}

function partsOf(value: unknown): Map<string | number, unknown> | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  return new Map<string | number, unknown>(
    Array.isArray(value) ? value.entries() : Object.entries(value),
  );
}

/** So many changes are written out, and so much of a value. */
const MOST_TOLD = 5, LONGEST = 60;

/** Changes in one line: `strategy.params.fast 10 → 20, risk.stopLoss none → 0.02`. */
export function changesText(changes: readonly ConfigChange[]): string {
  const told = changes.slice(0, MOST_TOLD)
    .map(({ path, was, is }) => `${path} ${shown(was)} → ${shown(is)}`);
  const more = changes.length - told.length;
  return [...told, ...(more > 0 ? [`and ${more} more`] : [])].join(", ");
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  if (text === undefined) return "none";
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
