import type { Trade } from "../../engine/market/trade.ts";
import type { FeedBatch, FeedEvent, LostSpan } from "../../engine/ports/feed.ts";
import { before, candleOf, type ExpectedCandle, flatCandle } from "./expected_candles.ts";

const SECOND = 1_000, MINUTE = 60_000;

/** A trade this far ahead of the exchange's clock is none, in milliseconds. */
const FAR_AHEAD = 60_000;

/**
 * One market's candles as they have to be decided, the plain way: a second is over when a trade of a later
 * one has come or the exchange's clock is past it by the grace; what came by then is in its candle, and
 * nothing else. Time that was lost gives none.
 */
export class NaiveMarket {
  /** By close time. */
  readonly seconds = new Map<number, ExpectedCandle>();
  /** Close times of seconds of which nothing is said, since trades of them were told as lost. */
  readonly unsure = new Set<number>();
  /** Trades that came when their second was over. */
  late = 0;
  private readonly ids = new Set<string>();
  private inside: Trade[] = [];
  private last: Trade | undefined;
  private start: number | undefined;
  private isPartial = true;
  private lost: { from: number; to: number }[] = [];

  take({ trade, received }: FeedEvent): void {
    if (this.ids.has(trade.id) || trade.timestamp - received > FAR_AHEAD) return;
    this.ids.add(trade.id);
    this.begin(trade.timestamp);
    this.advance(trade.timestamp);
    if (trade.timestamp < this.start!) this.late++;
    else this.inside.push(trade);
    if (!this.last || before(this.last, trade) < 0) this.last = trade;
  }

  lose({ from, to }: LostSpan): void {
    this.begin(from);
    this.advance(from);
    if (to <= this.start!) return;
    this.lost.push({ from: Math.max(from, this.start!), to });
    this.advance(to);
  }

  /** It is `time` on the exchange, beyond the grace. */
  advance(time: number): void {
    if (this.start === undefined) return;
    while (this.start + SECOND <= time) this.close(this.start + SECOND);
  }

  private begin(time: number): void {
    if (this.start !== undefined) return;
    this.start = Math.floor(time / SECOND) * SECOND;
    this.isPartial = time > this.start;
  }

  private close(time: number): void {
    const isLost = this.lost.some(({ from, to }) => from < time && to > this.start!);
    const lostTo = Math.max(-Infinity, ...this.lost.map(({ to }) => to));
    // A price from before lost trades is none behind them.
    const price = this.last && this.last.timestamp >= lostTo - 1 ? this.last.price : undefined;
    if (isLost) this.unsure.add(time);
    else if (this.inside.length > 0 && !this.isPartial) {
      this.seconds.set(time, candleOf(this.inside, time));
    } else if (this.inside.length === 0 && price !== undefined) {
      this.seconds.set(time, flatCandle(price, time));
    } else this.unsure.add(time);
    [this.inside, this.start, this.isPartial] = [[], time, false];
  }

  /** The minutes of which every second was decided. */
  minutes(): Map<number, ExpectedCandle> {
    const minutes = new Map<number, ExpectedCandle>();
    const ends = new Set([...this.seconds.keys()].map((time) => Math.ceil(time / MINUTE) * MINUTE));
    for (const time of ends) {
      const rows = Array.from(
        { length: 60 },
        (_, i) => this.seconds.get(time - MINUTE + (i + 1) * SECOND),
      );
      if (rows.every((row) => row !== undefined)) minutes.set(time, folded(rows, time));
    }
    return minutes;
  }
}

/** The candle of these, oldest first; silence before the first trade opens none. */
function folded(all: readonly ExpectedCandle[], time: number): ExpectedCandle {
  const first = all.findIndex(({ trades }) => trades > 0), rows = all.slice(first);
  if (first < 0) return { ...all[all.length - 1], time };
  const whole = (volume: number) => BigInt(volume.toFixed(12).replace(".", ""));
  const digits = `${rows.reduce((sum, { volume }) => sum + whole(volume), 0n)}`.padStart(13, "0");
  return {
    time,
    open: rows[0].open,
    high: Math.max(...rows.map(({ high }) => high)),
    low: Math.min(...rows.map(({ low }) => low)),
    close: rows[rows.length - 1].close,
    volume: Number(`${digits.slice(0, -12)}.${digits.slice(-12)}`),
    trades: rows.reduce((sum, { trades }) => sum + trades, 0),
    kind: "traded",
  };
}

/** What a collector has to decide of what a feed gives. */
export class NaiveDecisions {
  private readonly markets = new Map<string, NaiveMarket>();

  constructor(private readonly grace: number) {}

  of(symbol: string): NaiveMarket {
    return this.markets.getOrInsertComputed(symbol, () => new NaiveMarket());
  }

  take({ events, lost = [], now, times }: FeedBatch): void {
    for (const span of lost) this.of(span.instrument.symbol).lose(span);
    for (const event of events) {
      const { instrument: { exchange, symbol }, received, observed = received } = event;
      const time = Math.min(observed, times?.get(exchange) ?? now) - this.grace;
      for (const market of this.markets.values()) market.advance(time);
      this.of(symbol).take(event);
    }
    for (const market of this.markets.values()) market.advance(now - this.grace);
  }
}
