import { seededRandom } from "../../../data/random.ts";

/** A tape of many markets. */
export interface ScaleTape {
  symbols: readonly string[];
  /** CSV, as `live --replay` reads it. */
  text: string;
  trades: number;
}

/** When it begins, UTC milliseconds. */
const FROM = Date.UTC(2024, 5, 10);

/**
 * A made tape of so many markets, in each of which something trades in every second, so that every one of
 * them is closed by a trade of the next: between one and three trades, of a walk in ticks of 0.01.
 */
export function scaleTape(markets: number, seconds: number, seed = 1): ScaleTape {
  const random = seededRandom(seed);
  const symbols = Array.from({ length: markets }, (_, i) => `M${i}/USDT`);
  const prices = symbols.map(() => 50_000 + Math.floor(50_000 * random()));
  const rows: { at: number; line: string }[] = [], ids = symbols.map(() => 0);
  for (let second = 0; second < seconds; second++) {
    for (const [market, symbol] of symbols.entries()) {
      const count = 1 + Math.floor(3 * random());
      // Of an instrument they come in order.
      const moments = Array.from({ length: count }, () => Math.floor(1_000 * random())).sort((
        a,
        b,
      ) => a - b);
      for (const moment of moments) {
        prices[market] = Math.max(
          1,
          prices[market] + Math.round(prices[market] * 0.0008 * (random() - 0.5)),
        );
        const at = FROM + 1_000 * second + moment, received = at + 5;
        const amount = (1 + Math.floor(1_000 * random())) / 1_000,
          side = random() < 0.5 ? "buy" : "sell";
        const price = (prices[market] / 100).toFixed(2);
        const line = [++ids[market], at, price, amount, side, `${received}000000`, "made", symbol]
          .join();
        rows.push({ at, line });
      }
    }
  }
  rows.sort((a, b) => a.at - b.at);
  const header = "id,timestamp,price,amount,side,recv_ns,market,symbol";
  return {
    symbols,
    text: [header, ...rows.map(({ line }) => line), ""].join("\n"),
    trades: rows.length,
  };
}
