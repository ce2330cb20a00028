import type { LoadedConfig } from "../strategy/load.ts";

/** That a config is not what its receipt tells of any more. */
const EDITED =
  "edited since it was promoted: market, strategy, account or risk are not what its receipt was made for";

/** What somebody who trades a config should know of it, though it is right: that nobody has backtested it like that. */
export function editedNote({ edited }: LoadedConfig): string[] {
  return edited ? [EDITED] : [];
}

/**
 * The same, and what somebody who edits configs by hand should know: which defaults stand in it that do not
 * count. Whether a default was edited or a value cannot be known, so only who checks a config is told.
 */
export function configNotes(loaded: LoadedConfig): string[] {
  const { config, edited } = loaded;
  // In one that nobody touched, values other than the defaults are what a search has found.
  const byHand = edited || config.receipt === undefined;
  return [...editedNote(loaded), ...(byHand ? defaultsNote(config.strategy) : [])];
}

function defaultsNote({ parameters, params }: LoadedConfig["config"]["strategy"]): string[] {
  const unused = Object.entries(parameters).flatMap(([name, { default: value }]) =>
    Object.hasOwn(params, name) && params[name] !== value
      ? [`${name} is ${params[name]} (default ${value})`]
      : []
  );
  if (unused.length === 0) return [];
  return [`strategy.params is what counts, not the parameters' defaults: ${unused.join(", ")}`];
}
