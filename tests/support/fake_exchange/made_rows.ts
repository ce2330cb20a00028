import { seededRandom } from "../../../data/random.ts";
import type { TapeRow } from "../../../engine/market/tape.ts";

/** 2024-08-08 09:00:00. */
export const NINE = Date.UTC(2024, 7, 8, 9);

/** The made tape's markets. */
export const SYMBOLS = ["BTC/USDT", "ETH/USDT"] as const;

/**
 * A made tape of two markets: so many orders, one every half second or so, each of one to three fills
 * at one price. Ids follow each other within a market and begin at 1000.
 */
export function madeRows(orders: number, seed = 1): TapeRow[] {
  const random = seededRandom(seed), rows: TapeRow[] = [], ids = [999, 999];
  let timestamp = NINE;
  for (let i = 0; i < orders; i++) {
    timestamp += Math.floor(1_000 * random());
    const market = random() < 0.5 ? 0 : 1, side = random() < 0.5 ? "buy" as const : "sell" as const;
    const instrument = { exchange: "made", symbol: SYMBOLS[market] };
    const price = Math.round((market === 0 ? 6e6 : 3e5) + 1e4 * random()) / 100;
    for (let fill = 1 + Math.floor(3 * random()); fill > 0; fill--) {
      const id = `${++ids[market]}`, amount = Math.ceil(1e5 * random()) / 1e5;
      rows.push({ instrument, trade: { id, timestamp, price, amount, side }, received: timestamp });
    }
  }
  return rows;
}
