import type { SyntheticCandlesOptions } from "./synthetic_candles.ts";
import type { SyntheticTapeOptions } from "./synthetic_tape.ts";

/** What the committed sample of trades is made from. */
export const SAMPLE_TAPE: { file: string; options: SyntheticTapeOptions } = {
  file: "sample_tape.csv.gz",
  options: {
    seed: 26,
    from: Date.UTC(2024, 5, 10),
    to: Date.UTC(2024, 5, 10, 8),
    price: 62_400,
    gap: { from: Date.UTC(2024, 5, 10, 5, 12), to: Date.UTC(2024, 5, 10, 5, 19) },
  },
};

/** What the committed samples of candles are made from: each ends where the next begins. */
export const SAMPLE_CANDLES: { file: string; options: SyntheticCandlesOptions }[] = [
  {
    file: "sample_candles_1h.csv.gz",
    options: {
      seed: 24,
      timeframe: "1h",
      from: Date.UTC(2022, 4, 11),
      to: Date.UTC(2024, 4, 11),
      price: 50_500,
      gap: { from: Date.UTC(2023, 2, 24, 11), to: Date.UTC(2023, 2, 24, 16) },
    },
  },
  {
    file: "sample_candles_1m.csv.gz",
    options: {
      seed: 22,
      timeframe: "1m",
      from: Date.UTC(2024, 4, 11),
      to: Date.UTC(2024, 5, 10),
      price: 64_000,
      gap: { from: Date.UTC(2024, 4, 28, 14, 3), to: Date.UTC(2024, 4, 28, 14, 10) },
    },
  },
];

/**
 * A second market beside the sample's minute candles, ETH/USDT for strategies that read one: made when it is
 * wanted, a walk of its own that follows the first one in nothing.
 */
export const SECOND_MARKET: { options: SyntheticCandlesOptions } = {
  options: {
    seed: 23,
    timeframe: "1m",
    from: Date.UTC(2024, 4, 11),
    to: Date.UTC(2024, 5, 10),
    price: 3_400,
  },
};
