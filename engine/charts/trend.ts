import { mean } from "../metrics/mean.ts";

/** A straight line: y = level + slope × x. */
export interface Trend {
  slope: number;
  level: number;
}

/** The line of least squares through points; flat where all have the same x. */
export function trendOf(x: Float64Array, y: Float64Array): Trend {
  const middleX = mean(x), middleY = mean(y);
  let together = 0, spread = 0;
  for (let i = 0; i < x.length; i++) {
    together += (x[i] - middleX) * (y[i] - middleY);
    spread += (x[i] - middleX) ** 2;
  }
  const slope = spread > 0 ? together / spread : 0;
  return { slope, level: middleY - slope * middleX };
}
