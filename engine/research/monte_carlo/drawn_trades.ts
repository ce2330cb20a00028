import { InputError } from "../../market/errors.ts";
import type { Result } from "../result.ts";
import type { Random } from "../seeded_random.ts";
import { compounded, type Drawing } from "./drawing.ts";

/**
 * The closed trades in another order. Each one's gain is its profit as a part of the equity before it,
 * and compounds. Of a mere order the end is always the same, for a product does not ask for the order
 * of its factors: what differs is the way, and how deep it leads. With `replace` trades are drawn with
 * replacement, so that the end differs, too. What is open at the end is left out. Throws an
 * `InputError` for fewer than two trades.
 */
export function drawnTrades(result: Result, replace: boolean): Drawing {
  const { trades: { rows: trades }, account: { balance } } = result, { length } = trades;
  if (length < 2) {
    throw new InputError(`Cannot draw the order of trades: ${length} closed, but it takes two`);
  }
  const gains = new Float64Array(length);
  for (let i = 0, worth = balance; i < length; i++) {
    gains[i] = trades[i].pnl / worth;
    worth += trades[i].pnl;
  }
  return {
    axis: gains.map((_, i) => i + 1),
    unit: "trades",
    balance,
    found: compounded(balance, length, (i) => gains[i]),
    draw(random) {
      const drawn = replace
        ? gains.map(() => gains[Math.floor(random() * length)])
        : shuffled(gains, random);
      return compounded(balance, length, (i) => drawn[i]);
    },
  };
}

/**
 * The values in another order, each order as likely as any other.
 *
 * Source: R. A. Fisher and F. Yates, "Statistical Tables", 1938, as R. Durstenfeld has it,
 * Communications of the ACM 7(7), 1964.
 */
function shuffled(values: Float64Array, random: Random): Float64Array {
  const out = values.slice();
  for (let i = out.length - 1; i > 0; i--) {
    const other = Math.floor(random() * (i + 1));
    [out[i], out[other]] = [out[other], out[i]];
  }
  return out;
}
