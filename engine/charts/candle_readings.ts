import type { Candles } from "../market/candles.ts";
import type { Bar } from "./group_candles.ts";
import type { Look } from "./look.ts";
import type { Reading } from "./reading.ts";
import { numbersLike, withDecimals } from "./number_text.ts";
import type { Shown } from "./shown.ts";

/** Writes prices, with the decimals that an instrument's have. */
export function priceWriter({ decimals, high }: Candles): (price: number) => string {
  return decimals === undefined ? numbersLike(high) : withDecimals(decimals);
}

/** The four prices of each bar. */
export function candleReadings({ candles, bars: { bars } }: Shown, look: Look): Reading[] {
  const time = bars.map((bar) => bar.time), write = priceWriter(candles);
  const reading = (name: string, of: (bar: Bar) => number): Reading => {
    return { name, colour: look.muted, time, values: bars.map(of), write };
  };
  return [
    reading("open", ({ open }) => open),
    reading("high", ({ high }) => high),
    reading("low", ({ low }) => low),
    reading("close", ({ close }) => close),
  ];
}
