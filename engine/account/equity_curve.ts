import { NumberRows } from "./number_rows.ts";
import type { AccountState } from "./state.ts";

/** The columns of a curve: a row for each candle, at its close. Money is in the quote currency. */
export const CURVE_COLUMNS = ["equity", "cash", "position", "drawdown"] as const;
export type CurveColumn = typeof CURVE_COLUMNS[number];

/** What is held from a row on, and the peak before it: where its numbers are among those of its row. */
const AT = 0, CASH = 1, POSITION = 2, PEAK = 3, WIDTH = 4;

/** What is held on some rows, and the peak before them. */
type Held = Pick<AccountState, "cash" | "position" | "peak">;

/**
 * What the account writes for each row. Cash and position change on few rows, and the drawdown follows
 * from equity: these columns are made when they are read.
 */
export class EquityCurve {
  private readonly made = new Map<CurveColumn, Float64Array>();
  private readonly current = new Set<CurveColumn>();
  /** The row behind those that were written last, and what held on them. */
  private next = -1;
  private cashBefore = NaN;
  private positionBefore = NaN;
  private peakBefore = NaN;

  constructor(
    /** Cash plus the position at the close. */
    readonly equity: Float64Array,
    private readonly held = new NumberRows(WIDTH),
  ) {}

  get cash(): Float64Array {
    return this.column("cash", (column, from, to, { cash }) => column.fill(cash, from, to));
  }

  /** Units of the base currency; negative when short. */
  get position(): Float64Array {
    return this.column("position", (column, from, to, { position }) => {
      column.fill(position, from, to);
    });
  }

  /** Equity below its running peak, as a fraction: 0 or negative. */
  get drawdown(): Float64Array {
    const { equity } = this;
    return this.column("drawdown", (column, from, to, { peak }) => {
      for (let i = from; i < to; i++) {
        if (equity[i] > peak) peak = equity[i];
        column[i] = equity[i] / peak - 1;
      }
    });
  }

  /** Writes the rows of the candles [from, to), on which the position does not change, from `at` on. */
  mark(state: AccountState, close: Float64Array, from: number, to: number, at: number): void {
    if (from === to) return;
    const { equity } = this, { cash, position } = state, end = at + to - from;
    this.hold(at, state);
    let { peak } = state, worth = cash;
    if (position === 0) {
      if (worth > peak) peak = worth;
      for (let row = at; row < end; row++) equity[row] = worth;
    } else {
      for (let row = at, i = from; row < end; row++, i++) {
        worth = cash + position * close[i];
        if (worth > peak) peak = worth;
        equity[row] = worth;
      }
    }
    state.peak = this.peakBefore = peak;
    state.worth = worth;
    this.next = end;
  }

  /** The first `count` rows, as a view. */
  first(count: number): EquityCurve {
    const curve = new EquityCurve(this.equity.subarray(0, count), this.held);
    curve.next = count;
    return curve;
  }

  /** Notes what is held from row `at` on, if that is other than before. */
  private hold(at: number, { cash, position, peak }: AccountState): void {
    const { held } = this;
    if (this.current.size > 0) this.current.clear();
    if (at !== this.next) {
      while (held.length > 0 && held.numbers[held.newest + AT] >= at) held.drop();
    } else if (
      cash === this.cashBefore && position === this.positionBefore && peak === this.peakBefore
    ) return;
    const begin = held.add(), { numbers } = held;
    numbers[begin + AT] = at;
    numbers[begin + CASH] = this.cashBefore = cash;
    numbers[begin + POSITION] = this.positionBefore = position;
    numbers[begin + PEAK] = peak;
  }

  /** A column, of which `fill` writes the rows [from, to), on which the same is held. */
  private column(
    name: CurveColumn,
    fill: (column: Float64Array, from: number, to: number, held: Held) => void,
  ): Float64Array {
    const { made, current, equity } = this;
    const column = made.get(name) ?? new Float64Array(equity.length);
    if (current.has(name)) return column;
    let from = 0, held: Held | undefined;
    this.held.each((numbers, at) => {
      const to = numbers[at + AT];
      if (held !== undefined && to > from) fill(column, from, to, held);
      from = to;
      held = {
        cash: numbers[at + CASH],
        position: numbers[at + POSITION],
        peak: numbers[at + PEAK],
      };
    });
    if (held !== undefined && this.next > from) fill(column, from, this.next, held);
    made.set(name, column);
    current.add(name);
    return column;
  }
}

/** A curve with room for `length` rows. */
export function emptyCurve(length: number): EquityCurve {
  return new EquityCurve(new Float64Array(length));
}
