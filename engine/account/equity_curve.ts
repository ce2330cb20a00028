/** What the account writes for each row, at its close. Money is in the quote currency. */
export interface EquityCurve {
  /** Cash plus the position at the close. */
  equity: Float64Array;
  cash: Float64Array;
  /** Units of the base currency; negative when short. */
  position: Float64Array;
  /** Equity below its running peak, as a fraction: 0 or negative. */
  drawdown: Float64Array;
}

/** A curve with room for `length` rows. */
export function emptyCurve(length: number): EquityCurve {
  const column = () => new Float64Array(length);
  return { equity: column(), cash: column(), position: column(), drawdown: column() };
}

/** The first `count` rows of a curve, as a view. */
export function firstRows(curve: EquityCurve, count: number): EquityCurve {
  return {
    equity: curve.equity.subarray(0, count),
    cash: curve.cash.subarray(0, count),
    position: curve.position.subarray(0, count),
    drawdown: curve.drawdown.subarray(0, count),
  };
}
