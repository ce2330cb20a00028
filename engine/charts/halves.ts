/** What the best of one half of the periods is in the other, for each way of halving them. */
export interface Halves {
  /** The logit of its rank there: above 0 is above the middle. */
  logits: Float64Array;
  /** Its Sharpe ratios, a year, in both. */
  inSample: Float64Array;
  outOfSample: Float64Array;
}
