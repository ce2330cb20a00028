import { quantile } from "../../metrics/quantile.ts";
import { Table } from "../table.ts";
import type { Chance, Drawing, Drawn } from "./drawing.ts";

/** The parts of all draws below which a line of a fan runs. */
const FAN = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

/** One line of a fan: where so large a part of the draws lies below. */
export interface FanLine {
  quantile: number;
  /** Along the axis. */
  values: Float64Array;
}

/** What of the draws lies below a quantile: equity in the quote currency, the rest as fractions. */
export interface QuantileRow {
  quantile: number;
  finalEquity: number;
  totalReturn: number;
  maxDrawdown: number;
}

/** Many courses that things could have taken, beside the one that they took. */
export class MonteCarlo {
  /** What was left to chance. */
  readonly of: Chance;
  readonly seed: number;
  /** How many draws were asked for; fewer were made where it was ended before. */
  readonly asked: number;
  readonly axis: Float64Array;
  readonly unit: "time" | "trades";
  readonly balance: number;
  /** What came of it in truth, measured as the draws are. */
  readonly found: Drawn;
  /** Draw by draw, the return and the deepest drawdown as fractions. */
  readonly totalReturns: Float64Array;
  readonly maxDrawdowns: Float64Array;

  constructor(
    { axis, unit, balance, found }: Omit<Drawing, "draw">,
    /** Every course that was drawn, in their order. */
    readonly drawn: readonly Drawn[],
    { of, seed, asked }: { of: Chance; seed: number; asked: number },
  ) {
    this.of = of;
    this.seed = seed;
    this.asked = asked;
    this.axis = axis;
    this.unit = unit;
    this.balance = balance;
    this.found = found;
    this.totalReturns = Float64Array.from(drawn, ({ equity }) => equity.at(-1)! / balance - 1);
    this.maxDrawdowns = Float64Array.from(drawn, ({ maxDrawdown }) => maxDrawdown);
  }

  /** How many draws were made. */
  get draws(): number {
    return this.drawn.length;
  }

  /** How many of the draws, 0 to 1, end with less than they began with. */
  get chanceOfLoss(): number {
    return this.totalReturns.filter((one) => one < 0).length / this.draws;
  }

  /** Equity along the axis, as lines below which so many of the draws lie. */
  equityFan(quantiles: readonly number[] = FAN): FanLine[] {
    return this.fan(quantiles, ({ equity }) => equity);
  }

  /** Drawdown from the peak before, likewise: fractions, negative or 0. */
  drawdownFan(quantiles: readonly number[] = FAN): FanLine[] {
    return this.fan(quantiles, ({ equity }) => drawdownOf(this.balance, equity));
  }

  /** Where the draws end, by quantiles. */
  table(quantiles: readonly number[] = FAN): Table<QuantileRow> {
    const { totalReturns, maxDrawdowns, balance } = this;
    return new Table(quantiles.map((at) => {
      const totalReturn = quantile(totalReturns, at), maxDrawdown = quantile(maxDrawdowns, at);
      const finalEquity = balance * (1 + totalReturn);
      return { quantile: at, finalEquity, totalReturn, maxDrawdown };
    }));
  }

  private fan(quantiles: readonly number[], of: (drawn: Drawn) => Float64Array): FanLine[] {
    const curves = this.drawn.map(of);
    const lines = quantiles.map((at) => ({
      quantile: at,
      values: new Float64Array(this.axis.length),
    }));
    for (let step = 0; step < this.axis.length; step++) {
      // Sorted once for all lines; what is sorted already is sorted quickly again.
      const here = Float64Array.from(curves, (curve) => curve[step]).sort();
      for (const line of lines) line.values[step] = quantile(here, line.quantile);
    }
    return lines;
  }
}

function drawdownOf(balance: number, equity: Float64Array): Float64Array {
  let peak = balance;
  return equity.map((worth) => worth / (peak = Math.max(peak, worth)) - 1);
}
