import { parseTime } from "../market/csv_cells.ts";
import { InputError } from "../market/errors.ts";
import { checkNames, PICTURE_OPTIONS, type PictureOptions } from "./picture_options.ts";

/** The parts of a chart, from the top. `trades` is there when they are too many to be marked. */
export const PANES = ["price", "trades", "series", "volume", "equity", "drawdown"] as const;
export type PaneName = typeof PANES[number];

/** Where a named series is drawn. */
export const PLACES = ["price", "own", "hidden"] as const;
export type Place = typeof PLACES[number];

/** A point in time: UTC milliseconds, a date, or a text such as `2024-08-08 23:55`. */
export type Time = number | string | Date;

/** What a chart may be told. */
export interface ChartOptions extends PictureOptions {
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

/** Refuses chart options that cannot be; `series` are the names that may be placed. */
export function checkChartOptions(options: ChartOptions, series: readonly string[]): void {
  checkNames(options, [...PICTURE_OPTIONS, "from", "to", "panes", "place"], "a chart's option");
  const { panes = PANES, place = {} } = options;
  for (const name of panes) checkNames({ [name]: 0 }, PANES, "a pane");
  if (panes.length === 0) throw new InputError("Cannot draw: panes is empty, name at least one");
  checkNames(place, series, "one of the strategy's series");
  for (const [name, where] of Object.entries(place)) {
    if (PLACES.includes(where)) continue;
    throw new InputError(
      `Cannot draw: place.${name} must be ${PLACES.join(", ")}, not "${where}"`,
    );
  }
}

/** A time of an option in UTC milliseconds. */
export function timeOption(time: Time | undefined, name: string): number | undefined {
  if (time === undefined) return undefined;
  const text = time instanceof Date && !Number.isNaN(time.getTime())
    ? time.toISOString()
    : `${time}`;
  return parseTime(text, `Cannot draw: ${name}`);
}
