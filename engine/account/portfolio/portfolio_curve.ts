/** What a portfolio writes for each time at which a candle of it closes. Money is in the quote currency. */
export interface PortfolioCurve {
  time: Float64Array;
  /** Cash plus all positions, each at its instrument's last close. */
  equity: Float64Array;
  cash: Float64Array;
  /** Equity below its running peak, as a fraction: 0 or negative. */
  drawdown: Float64Array;
  /** Units held, a column for each instrument in their order; negative when short. */
  position: Float64Array[];
  /** What the positions are worth; negative when short. */
  value: Float64Array[];
  /** What each instrument has earned so far, its open position and all costs included. */
  profit: Float64Array[];
}

/** A curve with room for `length` times of so many instruments. */
export function emptyPortfolioCurve(length: number, instruments: number): PortfolioCurve {
  const column = () => new Float64Array(length);
  const columns = () => Array.from({ length: instruments }, column);
  return {
    time: column(),
    equity: column(),
    cash: column(),
    drawdown: column(),
    position: columns(),
    value: columns(),
    profit: columns(),
  };
}

/** The first `count` rows of a curve, as a view. */
export function firstTimes(curve: PortfolioCurve, count: number): PortfolioCurve {
  const first = (column: Float64Array) => column.subarray(0, count);
  return {
    time: first(curve.time),
    equity: first(curve.equity),
    cash: first(curve.cash),
    drawdown: first(curve.drawdown),
    position: curve.position.map(first),
    value: curve.value.map(first),
    profit: curve.profit.map(first),
  };
}
