import type { Candles } from "../market/candles.ts";
import type { CandleRange, MarketKey, Store } from "../ports/store.ts";

/** Candles that are read at once, at most, so that no call takes long. */
const PAGE = 5_000;

/** The stored candles of a range, oldest first, some at a time. */
export async function* candlePages(
  { marketData }: Pick<Store, "marketData">,
  key: MarketKey,
  range: Omit<CandleRange, "limit">,
  size = PAGE,
): AsyncGenerator<Candles> {
  yield* pagesOf((part) => marketData.candles(key, { ...range, ...part }), range.after, size);
}

/** The same of whatever reads candles. */
export async function* pagesOf(
  read: (part: Pick<CandleRange, "after" | "limit">) => Promise<Candles>,
  from: number | undefined,
  size: number,
): AsyncGenerator<Candles> {
  for (let after = from;;) {
    const page = await read({ after, limit: size });
    if (page.length > 0) yield page;
    if (page.length < size) return;
    after = page.time[page.length - 1];
  }
}
