import type { Range } from "./pane.ts";
import type { Box } from "./two_boxes.ts";

/** Points that lie together: their middle, and how many they are. */
export interface Cluster {
  x: number;
  y: number;
  count: number;
}

const PIXELS = 3;

/** Many points as the few that can be told apart in a box, by squares of three pixels; none lies across y = 0. */
export function clusters(
  x: Float64Array,
  y: Float64Array,
  place: { x: Range; y: Range; box: Box },
): Cluster[] {
  const { box } = place, found = new Map<string, Cluster>();
  const square = (value: number, { low, high }: Range, size: number) =>
    Math.floor((value - low) / (high - low) * size / PIXELS);
  for (let i = 0; i < x.length; i++) {
    const key = [
      square(x[i], place.x, box.width),
      square(y[i], place.y, box.height),
      Math.sign(y[i]),
    ].join();
    const own = found.get(key) ?? { x: 0, y: 0, count: 0 };
    own.count++;
    own.x += (x[i] - own.x) / own.count;
    own.y += (y[i] - own.y) / own.count;
    found.set(key, own);
  }
  return [...found.values()];
}
