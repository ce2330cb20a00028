import { closest, distance } from "fastest-levenshtein";

/**
 * `: did you mean "fast"?`, if one of the known names is near enough to be what was meant; whether
 * letters are large does not count.
 */
export function didYouMean(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? "" : `: did you mean "${nearest}"?`;
}

/** `: is "clsoe" meant by it?`, if a name that was found is near enough to the one that is missing. */
export function isItMeant(missing: string, found: readonly string[]): string {
  const nearest = nearestName(missing, found);
  // Other columns have short names, too: an `id` is no misspelt `side`.
  if (nearest === undefined || Math.abs(nearest.length - missing.length) > 1) return "";
  return `: is "${nearest}" meant by it?`;
}

function nearestName(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const lower = known.map((one) => one.toLowerCase()), wanted = name.toLowerCase();
  const nearest = closest(wanted, lower);
  // Of three letters, two others make another word.
  const near = distance(wanted, nearest) <= (name.length <= 3 ? 1 : Math.max(2, name.length / 3));
  return near ? known[lower.indexOf(nearest)] : undefined;
}
