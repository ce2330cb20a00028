/** The fused loops that one would write by hand, over whole columns, without chunks, unknowns or exact sums. */

export function plainSma(x: Float64Array, out: Float64Array, n: number): void {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += x[i];
  out[n - 1] = sum / n;
  for (let i = n; i < x.length; i++) {
    sum += x[i] - x[i - n];
    out[i] = sum / n;
  }
}

export function plainEma(x: Float64Array, out: Float64Array, n: number): void {
  const weight = 2 / (n + 1);
  let value = 0;
  for (let i = 0; i < n; i++) value += x[i];
  out[n - 1] = value /= n;
  for (let i = n; i < x.length; i++) out[i] = value += weight * (x[i] - value);
}

export function plainRsi(x: Float64Array, out: Float64Array, n: number): void {
  let up = 0, down = 0;
  for (let i = 1; i < x.length; i++) {
    const change = x[i] - x[i - 1], size = Math.abs(change);
    const gain = 0.5 * (size + change), loss = 0.5 * (size - change);
    if (i <= n) {
      up += gain / n;
      down += loss / n;
    } else {
      up += (gain - up) / n;
      down += (loss - down) / n;
    }
    if (i >= n) out[i] = 100 * up / (up + down);
  }
}

export function plainMacd(
  x: Float64Array,
  [line, signal, histogram]: readonly Float64Array[],
  fast: number,
  slow: number,
  smooth: number,
): void {
  const quick = 2 / (fast + 1), steady = 2 / (slow + 1), weight = 2 / (smooth + 1);
  let a = 0, b = 0, s = 0;
  for (let i = 0; i < slow; i++) {
    b += x[i] / slow;
    if (i >= slow - fast) a += x[i] / fast;
  }
  for (let i = slow - 1; i < x.length; i++) {
    if (i >= slow) {
      a += quick * (x[i] - a);
      b += steady * (x[i] - b);
    }
    const value = line[i] = a - b, seen = i - slow + 1;
    if (seen < smooth) s += value / smooth;
    else s += weight * (value - s);
    if (seen >= smooth - 1) histogram[i] = value - (signal[i] = s);
  }
}

export function plainBollinger(
  x: Float64Array,
  [upper, middle, lower]: readonly Float64Array[],
  n: number,
  width: number,
): void {
  let sum = 0, squares = 0;
  for (let i = 0; i < x.length; i++) {
    sum += x[i];
    squares += x[i] * x[i];
    if (i >= n) {
      sum -= x[i - n];
      squares -= x[i - n] * x[i - n];
    }
    if (i < n - 1) continue;
    const mean = sum / n, reach = width * Math.sqrt(Math.max(0, squares / n - mean * mean));
    middle[i] = mean;
    upper[i] = mean + reach;
    lower[i] = mean - reach;
  }
}

export function plainAtr(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  out: Float64Array,
  n: number,
): void {
  let value = 0;
  for (let i = 1; i < close.length; i++) {
    const [h, l, before] = [high[i], low[i], close[i - 1]];
    const range = 0.5 * ((h - l) + Math.abs(h - before) + Math.abs(l - before));
    if (i <= n) value += range / n;
    else value += (range - value) / n;
    if (i >= n) out[i] = value;
  }
}
