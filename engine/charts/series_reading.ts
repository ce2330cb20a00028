import type { NamedSeries } from "./named_series.ts";
import { numbersLike } from "./number_text.ts";
import type { Reading } from "./reading.ts";
import type { Shown } from "./shown.ts";

/** A named series as a reader is told of it. */
export function readingOf(
  { name, type, values }: NamedSeries,
  colour: string,
  { candles }: Pick<Shown, "candles">,
): Reading {
  const write = type === "boolean" ? truth : numbersLike(values);
  return { name, colour, time: candles.time, values, write };
}

function truth(value: number): string {
  return value === 1 ? "true" : "false";
}
