import { Candles, eachInstrument, type Instruments } from "../../market/candles.ts";
import { besideCandles } from "../../market/with_instruments.ts";
import type { BotRecord } from "../../ports/bots.ts";
import type { CandleRange, MarketKey, MissingCandle, Store } from "../../ports/store.ts";
import { baseMarket } from "../../market/base_market.ts";
import { otherMarkets } from "../../strategy/all_markets.ts";
import { closedThrough } from "./closed_through.ts";

/** The candles of one bot: its market's, with those of the other markets that it reads beside them. */
export class BotCandles {
  readonly market: MarketKey;
  readonly others: readonly MarketKey[];

  constructor(
    private readonly store: Pick<Store, "marketData" | "missing">,
    private readonly bot: Pick<BotRecord, "id" | "config" | "run">,
  ) {
    this.market = baseMarket(bot.config.market);
    this.others = otherMarkets(bot.config);
  }

  /** Through which close time all other markets are closed: no row behind it can be decided yet. */
  async through(): Promise<number> {
    const all = await Promise.all(this.others.map((key) => closedThrough(this.store, key)));
    return Math.min(Infinity, ...all);
  }

  /** Candles that can be decided now, as they were stored. */
  async next(after: number, limit: number): Promise<Candles> {
    // Before the candles are read: what is closed by now is there then.
    const to = this.others.length === 0 ? undefined : await this.through();
    if (to !== undefined && to <= after) return Candles.fromRows(this.market.timeframe, []);
    const range = { after, limit, front: this.bot.run.front, ...(to !== undefined && { to }) };
    return await this.beside(await this.store.marketData.candles(this.market, range), "decided");
  }

  /** Candles that were decided already: without what was missing then; or as they are now. */
  async again(range: CandleRange): Promise<Candles> {
    const { revision = "decided" } = range, { front } = this.bot.run;
    const candles = await this.store.marketData.candles(this.market, { ...range, front });
    const together = await this.beside(candles, revision);
    if (revision === "latest" || this.others.length === 0 || candles.length === 0) return together;
    const [first, last] = [candles.time[0], candles.time[candles.length - 1]];
    const span = { after: first - 1, to: last };
    const missing = await this.store.missing.ofBot(this.bot.id, span);
    return without(together, missing);
  }

  /** The symbol of a market whose candles a row waits for, that closes behind `after` and is stored. */
  async waitsFor(after: number): Promise<string | undefined> {
    if (this.others.length === 0) return undefined;
    const newest = await this.store.marketData.latestCandle(this.market, "decided");
    if (newest === undefined || newest.time <= after) return undefined;
    for (const key of this.others) {
      if (await closedThrough(this.store, key) < newest.time) return key.symbol;
    }
    return undefined;
  }

  private async beside(
    candles: Candles,
    revision: NonNullable<CandleRange["revision"]>,
  ): Promise<Candles> {
    const { store, others, bot: { run: { fronts = {} } } } = this, { time, length } = candles;
    if (others.length === 0 || length === 0) return candles;
    const span = { after: time[0] - 1, to: time[length - 1], revision };
    const all = await Promise.all(others.map(async (key) => {
      const range = { ...span, front: fronts[key.symbol] };
      return [key.symbol, await store.marketData.candles(key, range)] as const;
    }));
    return besideCandles(candles, Object.fromEntries(all));
  }
}

/** What candles lack of other markets. */
export function missingOf({ time, instruments = {} }: Candles): MissingCandle[] {
  return Object.entries(instruments).flatMap(([symbol, { close }]) =>
    Array.from(time).filter((_, i) => close[i] !== close[i]).map((time) => ({ symbol, time }))
  );
}

/** The candles as if others were missing, too. */
function without(candles: Candles, missing: readonly MissingCandle[]): Candles {
  if (missing.length === 0) return candles;
  const rows = new Map(Array.from(candles.time, (time, i) => [time, i]));
  const instruments: Instruments = eachInstrument(candles.instruments!, (column) => column.slice());
  for (const { symbol, time } of missing) {
    const columns = Object.values(instruments[symbol] ?? {}), row = rows.get(time);
    if (row !== undefined) { for (const column of columns) column[row] = NaN; }
  }
  return new Candles(candles.timeframe, { ...candles, instruments }, candles.decimals);
}
