/**
 * Time in the market: the fraction of rows after which a position was held, long or short. A trade
 * that opens and closes inside one row adds nothing. NaN of no rows.
 */
export function exposure(position: Float64Array): number {
  let held = 0;
  for (let i = 0; i < position.length; i++) held += position[i] === 0 ? 0 : 1;
  return held / position.length;
}
