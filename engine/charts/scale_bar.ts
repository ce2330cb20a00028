import type { ColourScale } from "./colour_scale.ts";
import { type Look, TEXT } from "./look.ts";
import { type Option, revive } from "./option.ts";
import type { SearchNumber } from "./search_number.ts";
import { padded, roundTicks } from "./value_axis.ts";
import { words } from "./words.ts";

const WIDTH = 12, MOST_HEIGHT = 240, PIXELS_PER_TICK = 34, SLICES = 80;

/** A bar beside cells from the lowest number to the highest, with what its colours mean. */
export function scaleBar(
  { range, colour }: ColourScale,
  { title, format }: SearchNumber,
  { left, top, height: room, right }: { left: number; top: number; height: number; right: number },
  look: Look,
): Option[] {
  const height = Math.min(room, MOST_HEIGHT), { low, high } = padded(range, 0);
  const { values, step } = roundTicks(
    { low, high },
    Math.max(2, Math.floor(height / PIXELS_PER_TICK)),
  );
  const write = revive(format(step)) as unknown as (value: number) => string;
  const at = (value: number) => top + height * (high - value) / (high - low);
  const slices = Array.from({ length: SLICES }, (_, i): Option => {
    const fill = colour(high - (i + 0.5) / SLICES * (high - low));
    // A little higher than its share, so that nothing shows between it and the next one.
    const shape = {
      x: left,
      y: top + i * height / SLICES,
      width: WIDTH,
      height: height / SLICES + 0.4,
    };
    return { type: "rect", silent: true, shape, style: { fill } };
  });
  return [
    words(title, right - 12, top - 16, {
      colour: look.text,
      size: TEXT.small,
      bold: true,
      align: "right",
    }),
    ...slices,
    ...values.map((value) =>
      words(write(value), left + WIDTH + 6, at(value), { colour: look.muted, size: TEXT.small })
    ),
  ];
}
