import { closest, distance } from "fastest-levenshtein";

/**
 * `: did you mean "fast"?`, if one of the known names is near enough to be what was meant; whether
 * letters are large does not count.
 */
export function didYouMean(name: string, known: readonly string[]): string {
  if (known.length === 0) return "";
  const lower = known.map((one) => one.toLowerCase()), wanted = name.toLowerCase();
  const nearest = closest(wanted, lower);
  const near = distance(wanted, nearest) <= Math.max(2, name.length / 3);
  return near ? `: did you mean "${known[lower.indexOf(nearest)]}"?` : "";
}
