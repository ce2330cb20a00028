import type { Candle } from "../../market/candles.ts";
import { Resampler } from "../../market/resample.ts";
import { openTime } from "../../market/timeframe.ts";
import type { Instrument, Trade } from "../../market/trade.ts";
import type { LostSpan } from "../../ports/feed.ts";
import type { MarketKey, Store } from "../../ports/store.ts";
import { CandleConflictError } from "../../ports/store_errors.ts";
import { candlePages } from "../candle_pages.ts";
import type { Job } from "./outbox.ts";
import { Pieces } from "./pieces.ts";

/** Told when something was stored. */
export interface Told {
  /** So many new candles, the newest of which is this one. */
  stored(key: MarketKey, newest: Candle, count: number): Promise<void>;
  /** A stored candle has a new revision. */
  revised(key: MarketKey, candle: Candle): Promise<void>;
  /** A candle is stored with other values, by somebody else; theirs stands. */
  conflict(message: string): void;
}

/** Stores closed candles. */
export class NewCandles implements Job {
  private readonly candles = new Pieces<Candle>();

  constructor(readonly key: MarketKey, private readonly told: Told) {}

  get rows(): number {
    return this.candles.length;
  }

  add(candle: Candle): void {
    this.candles.add([candle]);
  }

  async store({ marketData }: Store): Promise<void> {
    await this.candles.store((piece) => this.storePiece(marketData, piece));
  }

  private async storePiece(marketData: Store["marketData"], candles: Candle[]): Promise<void> {
    const { key, told } = this;
    let count = 0;
    try {
      count = await marketData.upsertCandles(key, candles);
    } catch (error) {
      if (!(error instanceof CandleConflictError)) throw error;
      for (const candle of candles) count += await this.storeOne(marketData, candle);
    }
    if (count > 0) await told.stored(key, candles[candles.length - 1], count);
  }

  private async storeOne(marketData: Store["marketData"], candle: Candle): Promise<number> {
    try {
      return await marketData.upsertCandle(this.key, candle) ? 1 : 0;
    } catch (error) {
      if (!(error instanceof CandleConflictError)) throw error;
      this.told.conflict(error.message);
      return 0;
    }
  }
}

/** Stores new revisions of candles, where they differ. */
export class Revisions implements Job {
  private readonly candles = new Map<number, Candle>();
  private size: number | undefined;

  constructor(private readonly key: MarketKey, private readonly told: Told) {}

  get rows(): number {
    return this.candles.size;
  }

  add(candle: Candle): void {
    this.candles.set(candle.time, candle);
  }

  async store({ marketData }: Store): Promise<void> {
    const pieces = new Pieces([...this.candles.values()], this.size);
    try {
      await pieces.store(async (piece) => {
        for (const { candle } of await marketData.revise(this.key, piece)) {
          await this.told.revised(this.key, candle);
        }
        for (const { time } of piece) this.candles.delete(time);
      });
    } finally {
      this.size = pieces.size;
    }
  }
}

/** Makes the candle of `key` that closes at `label` of what is stored of `base`. */
export function remade(
  key: MarketKey,
  base: MarketKey,
  label: number,
  told: Told,
): Job {
  return {
    rows: 1,
    async store(store) {
      const after = openTime(label, key.timeframe);
      const range = { after, to: label, revision: "latest" as const };
      const resampler = new Resampler(base.timeframe, key.timeframe, "strict");
      const made = new Revisions(key, told);
      for await (const rows of candlePages(store, base, range)) {
        for (let i = 0; i < rows.length; i++) resampler.push(rows, i, (candle) => made.add(candle));
      }
      await made.store(store);
    },
  };
}

/** Records time that was not observed. */
export function gap(span: LostSpan): Job {
  return {
    rows: 1,
    store: async ({ marketData }) => void await marketData.recordGap(span),
  };
}

/** Stores trades as they came. */
export class RawTrades implements Job {
  private readonly trades = new Pieces<Trade>();

  constructor(private readonly instrument: Instrument) {}

  get rows(): number {
    return this.trades.length;
  }

  add(trades: readonly Trade[]): void {
    this.trades.add(trades);
  }

  async store({ rawTrades }: Store): Promise<void> {
    await this.trades.store(async (piece) => void await rawTrades.insert(this.instrument, piece));
  }
}
