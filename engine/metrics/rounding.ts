/**
 * Whether a spread is no more than what rounding leaves behind in numbers of the size `scale`. Equal
 * gains differ in their last bits; a ratio to that difference would be a huge number with no meaning.
 */
export function isRounding(spread: number, scale: number): boolean {
  return spread <= 64 * Number.EPSILON * scale;
}
