/**
 * The fused loops that one would write by hand, over whole columns, without chunks, unknowns or exact sums: each in the
 * fastest form that we know.
 */

import type { Candles } from "../engine/market/candles.ts";

function plainSma(x: Float64Array, out: Float64Array, n: number): void {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += x[i];
  out[n - 1] = sum / n;
  for (let i = n; i < x.length; i++) {
    sum += x[i] - x[i - n];
    out[i] = sum / n;
  }
}

function plainEma(x: Float64Array, out: Float64Array, n: number): void {
  const weight = 2 / (n + 1);
  let value = 0;
  for (let i = 0; i < n; i++) value += x[i];
  out[n - 1] = value /= n;
  for (let i = n; i < x.length; i++) out[i] = value += weight * (x[i] - value);
}

function plainRsi(x: Float64Array, out: Float64Array, n: number): void {
  const weight = 1 / n;
  let up = 0, down = 0;
  for (let i = 1; i <= n; i++) {
    const change = x[i] - x[i - 1];
    up += Math.max(0, change) / n;
    down += Math.max(0, -change) / n;
  }
  out[n] = 100 * up / (up + down);
  for (let i = n + 1; i < x.length; i++) {
    const change = x[i] - x[i - 1], size = Math.abs(change);
    up += weight * (0.5 * (size + change) - up);
    down += weight * (0.5 * (size - change) - down);
    out[i] = 100 * up / (up + down);
  }
}

function plainMacd(
  x: Float64Array,
  [line, signal, histogram]: readonly Float64Array[],
  fast: number,
  slow: number,
  smooth: number,
): void {
  const quick = 2 / (fast + 1), steady = 2 / (slow + 1), weight = 2 / (smooth + 1);
  let a = 0, b = 0, s = 0, i = 0;
  for (; i < slow; i++) {
    b += x[i] / slow;
    if (i >= slow - fast) a += x[i] / fast;
  }
  s = (line[i - 1] = a - b) / smooth;
  for (; i < slow + smooth - 1; i++) {
    a += quick * (x[i] - a);
    b += steady * (x[i] - b);
    s += (line[i] = a - b) / smooth;
  }
  for (; i < x.length; i++) {
    a += quick * (x[i] - a);
    b += steady * (x[i] - b);
    const value = line[i] = a - b;
    s += weight * (value - s);
    signal[i] = s;
    histogram[i] = value - s;
  }
}

function plainBollinger(
  x: Float64Array,
  [upper, middle, lower]: readonly Float64Array[],
  n: number,
  width: number,
): void {
  let sum = 0, squares = 0;
  for (let i = 0; i < n; i++) {
    sum += x[i];
    squares += x[i] * x[i];
  }
  for (let i = n; i < x.length; i++) {
    const entering = x[i], leaving = x[i - n];
    sum += entering - leaving;
    squares += (entering - leaving) * (entering + leaving);
    const mean = sum / n, variance = squares / n - mean * mean;
    const reach = width * Math.sqrt(variance > 0 ? variance : 0);
    middle[i] = mean;
    upper[i] = mean + reach;
    lower[i] = mean - reach;
  }
}

function plainAtr(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  out: Float64Array,
  n: number,
): void {
  const weight = 1 / n;
  let value = 0, before = close[0];
  for (let i = 1; i < close.length; i++) {
    const h = high[i], l = low[i];
    const range = 0.5 * ((h - l) + Math.abs(h - before) + Math.abs(l - before));
    before = close[i];
    if (i <= n) value += range / n;
    else value += weight * (range - value);
    out[i] = value;
  }
}

/** These loops over candles, by the operator whose numbers they give, with the arguments that its page shows. */
export function plainRuns({ high, low, close }: Candles): Readonly<Record<string, () => void>> {
  const [a, b, c] = [1, 2, 3].map(() => new Float64Array(close.length));
  return {
    sma: () => plainSma(close, a, 20),
    ema: () => plainEma(close, a, 20),
    rsi: () => plainRsi(close, a, 14),
    macd: () => plainMacd(close, [a, b, c], 12, 26, 9),
    bollinger: () => plainBollinger(close, [a, b, c], 20, 2),
    atr: () => plainAtr(high, low, close, a, 14),
  };
}
