/** A price as a person would write it, if that is it but for what binary fractions make of it. */
export function asWritten(price: number): number {
  const written = Number(price.toPrecision(12));
  return Math.abs(written - price) <= 1e-15 * price ? written : price;
}
