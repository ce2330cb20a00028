import { checkOptions } from "../market/check_options.ts";
import { didYouMean } from "../market/did_you_mean.ts";
import { InputError } from "../market/errors.ts";
import type { Time } from "../market/time.ts";
import { PICTURE_OPTIONS, type PictureOptions } from "./picture_options.ts";
import { checkScaling, type Scaling, SCALING_OPTIONS } from "./scaling.ts";

/** The parts of a chart, from the top. `trades` is there when they are too many to be marked. */
export const PANES = ["price", "trades", "series", "volume", "equity", "drawdown"] as const;
export type PaneName = typeof PANES[number];

/** Where a named series is drawn. */
const PLACES = ["price", "own", "hidden"] as const;
export type Place = typeof PLACES[number];

/** What a chart may be told. */
export interface ChartOptions extends PictureOptions, Scaling {
  /** Candles that open before are not shown. */
  from?: Time;
  /** Candles that close later are not shown. */
  to?: Time;
  /** By default all of them. */
  panes?: readonly PaneName[];
  /**
   * Where series go by name: over the price, in a pane of their own, or nowhere. By default their
   * values decide.
   */
  place?: Readonly<Record<string, Place>>;
}

const CHART_OPTIONS = ["from", "to", "panes", "place", ...SCALING_OPTIONS];

/** Refuses chart options that cannot be; `series` are the names that may be placed. */
export function checkChartOptions(options: ChartOptions, series: readonly string[]): void {
  checkOptions(options, [...PICTURE_OPTIONS, ...CHART_OPTIONS], "chart");
  checkScaling(options);
  const { panes = PANES, place = {} } = options;
  checkPanes(panes);
  checkPlaces(place, series);
}

function checkPanes(panes: readonly PaneName[]): void {
  if (!Array.isArray(panes)) {
    throw new InputError(`Cannot draw: panes must be a list, such as ["price", "volume"]`);
  }
  if (panes.length === 0) throw new InputError("Cannot draw: panes is empty, name at least one");
  for (const name of panes) {
    if (PANES.includes(name)) continue;
    const hint = didYouMean(`${name}`, PANES) || ".";
    throw new InputError(
      `Cannot draw: "${name}" is not a pane${hint} There are ${PANES.join(", ")}`,
    );
  }
}

function checkPlaces(place: Readonly<Record<string, Place>>, series: readonly string[]): void {
  if (series.length === 0 && Object.keys(place).length > 0) {
    throw new InputError("Cannot draw: place names series, but here are none");
  }
  checkOptions(place, series, "place");
  for (const [name, where] of Object.entries(place)) {
    if (PLACES.includes(where)) continue;
    throw new InputError(
      `Cannot draw: place.${name} must be ${PLACES.join(", ")}, not "${where}"`,
    );
  }
}
