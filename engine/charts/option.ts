import { readingsText, type ReadingTable } from "./readings_text.ts";

/**
 * A picture as ECharts takes it: plain data but for the formats of numbers, which `revive` turns into
 * functions, here and in a web page alike.
 */
export type Option = { [name: string]: OptionValue };
export type OptionValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | NumberFormat
  | readonly OptionValue[]
  | Option;

/** How an axis writes its numbers. */
export interface NumberFormat {
  format: "number";
  decimals: number;
  /** What stands behind each number, such as `%`. */
  suffix: string;
  /** How 0 is written, where it needs no suffix. */
  zero?: string;
  /** What numbers are divided by first. */
  divisor?: number;
  /** The fewest decimals, where a number may have less. */
  least?: number;
}

/**
 * The option with functions where it has formats of numbers, and what is read off a page. It is written
 * into web pages as it stands here, beside `readingsText`, and so uses nothing else from outside.
 */
export function revive<T>(value: T): T {
  const isFormat = (it: object): it is NumberFormat => "format" in it && it.format === "number";
  const isLines = (it: object) => "format" in it && it.format === "lines";
  const isReadings = (it: object): it is ReadingTable => "format" in it && it.format === "readings";
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => revive(item)) as T;
  if (isReadings(value)) return readingsText(value) as T;
  if (isLines(value)) {
    const html = (text: string) => text.replace(/[&<>"]/g, (it) => `&#${it.charCodeAt(0)};`);
    const write = ({ data }: { data: { lines: readonly string[] } }) =>
      data.lines.map(html).join("<br>");
    return write as T;
  }
  if (isFormat(value)) {
    const { decimals, suffix, zero, least = decimals, divisor = 1 } = value;
    const shape = { minimumFractionDigits: least, maximumFractionDigits: decimals };
    const format = new Intl.NumberFormat("en-US", shape);
    const write = (given: unknown) => {
      // An axis gives numbers, a pointer gives them in an object.
      const number = typeof given === "object" && given !== null && "value" in given
        ? given.value
        : given;
      if (number === 0 && zero !== undefined) return zero;
      const known = typeof number === "number" && Number.isFinite(number);
      return known ? format.format(number / divisor) + suffix : "—";
    };
    return write as T;
  }
  return Object.fromEntries(Object.entries(value).map(([name, it]) => [name, revive(it)])) as T;
}
