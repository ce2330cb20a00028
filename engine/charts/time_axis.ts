import { nominalLength } from "../market/timeframe.ts";

const SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE, DAY = nominalLength("1d");
/** 1970-01-05 was a Monday. */
const MONDAY = 4 * DAY;

const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14].map((n) => n * DAY),
];
const MONTHS = [1, 2, 3, 6, 12, 24, 60, 120];

/** At most `count` times at round places (UTC) in [from, to]: of hours, days, months or years. */
export function timeTicks(from: number, to: number, count: number): number[] {
  const step = STEPS.find((step) => (to - from) / step <= count);
  if (step) return stepTicks(from, to, step, step % (7 * DAY) === 0 ? MONDAY : 0);
  const month = 30.4 * DAY;
  const months = MONTHS.find((months) => (to - from) / (months * month) <= count) ?? 240;
  return monthTicks(from, to, months);
}

function stepTicks(from: number, to: number, step: number, origin: number): number[] {
  const ticks: number[] = [];
  for (let k = Math.ceil((from - origin) / step); k * step + origin <= to; k++) {
    ticks.push(k * step + origin);
  }
  return ticks;
}

function monthTicks(from: number, to: number, months: number): number[] {
  const ticks: number[] = [], first = new Date(from).getUTCFullYear();
  for (let month = -(12 * first) % months;; month += months) {
    const tick = Date.UTC(first, month);
    if (tick > to) return ticks;
    if (tick >= from) ticks.push(tick);
  }
}

/** How a tick is written, by the largest unit that begins there; in ECharts' own templates. */
export const TIME_LABELS = {
  year: "{bold|{yyyy}}",
  month: "{bold|{MMM}}",
  day: "{MMM} {d}",
  hour: "{HH}:{mm}",
  minute: "{HH}:{mm}",
  second: "{HH}:{mm}:{ss}",
  millisecond: "{HH}:{mm}:{ss}",
} as const;
