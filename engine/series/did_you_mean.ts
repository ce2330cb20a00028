import { closest, distance } from "fastest-levenshtein";

/** `: did you mean "fast"?`, if one of the known names is near enough to be what was meant. */
export function didYouMean(name: string, known: readonly string[]): string {
  const nearest = known.length > 0 ? closest(name, known) : "";
  const near = distance(name.toLowerCase(), nearest.toLowerCase()) <= Math.max(2, name.length / 3);
  return nearest && near ? `: did you mean "${nearest}"?` : "";
}
