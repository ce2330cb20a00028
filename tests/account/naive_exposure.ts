import type { AccountSettings } from "../../engine/account/settings.ts";
import type { Candles } from "../../engine/market/candles.ts";

/** What an account by exposure is to do, and with what. */
export interface ExposureInput {
  candles: Candles;
  exposures: readonly number[];
  settings: Required<
    Pick<
      AccountSettings,
      | "balance"
      | "fee"
      | "slippage"
      | "fill"
      | "size"
      | "shorts"
      | "lot"
      | "minNotional"
      | "rebalanceThreshold"
    >
  >;
}

/** What it held and was worth at each close, how often it traded, and how often it could not. */
export interface NaiveExposure {
  equity: number[];
  position: number[];
  fills: number;
  refused: number;
}

/** An order: all of the other side out, then to so many units, or from nothing to a part of equity. */
interface Order {
  part: number;
  units: number;
}

/** The account by what its words say: money in a purse, units in a drawer. */
export function naiveExposure({ candles, exposures, settings }: ExposureInput): NaiveExposure {
  const { fee, slippage, fill, lot, minNotional } = settings;
  let cash = settings.balance, units = 0, refused = 0, fills = 0, order: Order | undefined;
  const lots = (amount: number) => lot > 0 ? Math.floor(amount / lot + 1e-9) * lot : amount;
  const trade = (amount: number, quoted: number) => {
    const price = quoted * (1 + Math.sign(amount) * slippage),
      cost = Math.abs(amount) * price * fee;
    cash -= amount * price + cost;
    units += amount;
    if (Math.abs(units) < 1e-12 * Math.abs(amount)) units = 0;
    fills++;
  };
  const payable = (money: number, side: number, quoted: number) =>
    lots(Math.max(0, money) / (quoted * (1 + side * slippage) * (1 + fee)));
  const carryOut = ({ part, units: wanted }: Order, quoted: number) => {
    const side = Math.sign(part), held = Math.abs(units);
    if (units !== 0 && Math.sign(units) !== side) trade(-units, quoted);
    else if (units !== 0) {
      // What of the equity is not in the position: no position is larger than the equity.
      const off = wanted - held, worth = cash + units * quoted, free = worth - held * quoted;
      const isFull = off > 0 && free <= 1e-9 * worth;
      const amount = off < 0 ? lots(-off) : Math.min(lots(off), payable(free, side, quoted));
      const price = off < 0 ? quoted : quoted * (1 + side * slippage);
      if (!isFull && amount > 0 && amount * price >= minNotional) {
        trade(Math.sign(off) * side * amount, quoted);
      } else if (off !== 0) refused++;
      return;
    }
    if (part === 0) return;
    const amount = payable(cash * Math.abs(part), side, quoted);
    if (amount > 0 && amount * quoted * (1 + side * slippage) >= minNotional) {
      trade(side * amount, quoted);
    } else refused++;
  };
  const equity: number[] = [], position: number[] = [];
  exposures.forEach((asked, i) => {
    if (order !== undefined) carryOut(order, candles.open[i]);
    order = undefined;
    const close = candles.close[i], worth = cash + units * close;
    const allowed = Math.max(settings.shorts ? -1 : 0, Math.min(1, asked));
    const part = allowed * settings.size, off = Math.abs(part * worth - units * close);
    const acts = part === 0
      ? units !== 0
      : off > Math.max(settings.rebalanceThreshold, 1e-9) * worth;
    if (!Number.isNaN(asked) && acts) order = { part, units: Math.abs(part) * worth / close };
    if (fill === "close" && order !== undefined) {
      carryOut(order, close);
      order = undefined;
    }
    equity.push(cash + units * close);
    position.push(units);
  });
  return { equity, position, fills, refused };
}
