/**
 * Array parameters as PostgreSQL writes them. The driver's own arrays cost several times as much, and
 * a round trip to ask for types on each connection.
 */

/** Numbers: the shortest text that reads back as the same double. `undefined` and null are null. */
export function numberArray(values: Iterable<number | null | undefined>): string {
  const parts: string[] = [];
  for (const value of values) {
    parts.push(value === null || value === undefined ? "NULL" : `${value}`);
  }
  return `{${parts.join(",")}}`;
}

/** UTC milliseconds as timestamps. */
export function timeArray(times: Iterable<number>): string {
  const parts: string[] = [];
  for (const time of times) parts.push(new Date(time).toISOString());
  return `{${parts.join(",")}}`;
}

/** Texts, of any content. `undefined` is null. */
export function textArray(texts: Iterable<string | undefined>): string {
  const parts: string[] = [];
  for (const text of texts) {
    parts.push(text === undefined ? "NULL" : `"${text.replace(/["\\]/g, "\\$&")}"`);
  }
  return `{${parts.join(",")}}`;
}
