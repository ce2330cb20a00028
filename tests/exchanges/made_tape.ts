import { inTempFolder } from "../support/temp_folder.ts";
import type { FeedEvent } from "../../engine/ports/feed.ts";

/** 2024-08-08 09:00:00. */
export const NINE = Date.UTC(2024, 7, 8, 9);

const INSTRUMENTS = [
  { exchange: "one", symbol: "BTC/USDT" },
  { exchange: "one", symbol: "ETH/USDT" },
  { exchange: "two", symbol: "BTC/USDT" },
];

/** A trade of a made tape: of which instrument, and when, in milliseconds after nine. */
export type MadeTrade = readonly [instrument: number, timestamp: number, received: number];

/** Three instruments for ten seconds, with a silence of four seconds from the third on. */
export const TRADES: readonly MadeTrade[] = Array.from({ length: 60 }, (_, i): MadeTrade => {
  const received = 50 * i + 7 * (i % 3) + (i > 30 ? 4_000 : 0) + (i > 55 ? 2_500 : 0);
  return [i % 3, received - 20 - 30 * (i % 4), received];
});

/** The events that a feed gives of such trades. */
export function eventsOf(
  trades: readonly MadeTrade[],
  venue: (exchange: string) => string,
): FeedEvent[] {
  return trades.map(([instrument, timestamp, received], i) => {
    const { exchange, symbol } = INSTRUMENTS[instrument];
    const [price, amount] = [100 + i / 4, 1 + i], side = i % 2 ? "buy" as const : "sell" as const;
    return {
      instrument: { exchange: venue(exchange), symbol },
      trade: { id: `${i}`, timestamp: NINE + timestamp, price, amount, side },
      received: NINE + received,
    };
  });
}

/**
 * The same as a replay gives them: with the time of their exchange, which is as far ahead of the tape's as
 * the fastest trade so far tells.
 */
export function asReplayed(events: readonly FeedEvent[]): FeedEvent[] {
  return events.map((event, i) => {
    const { exchange } = event.instrument;
    const ahead = events.slice(0, i + 1).filter((one) => one.instrument.exchange === exchange)
      .map(({ trade, received }) => trade.timestamp - received);
    return { ...event, received: event.received + Math.max(...ahead) };
  });
}

/** Runs `test` with the path of a tape of these trades. */
export async function withTape(
  trades: readonly MadeTrade[],
  test: (path: string) => Promise<void>,
): Promise<void> {
  await inTempFolder(async (folder) => {
    const path = `${folder}/tape.csv`, rows = eventsOf(trades, (exchange) => exchange);
    const lines = rows.map(({ instrument: { exchange, symbol }, trade, received }) =>
      [...Object.values(trade), `${received}000000`, exchange, symbol].join()
    );
    const header = "id,timestamp,price,amount,side,recv_ns,market,symbol";
    await Deno.writeTextFile(path, [header, ...lines].join("\n"));
    await test(path);
  });
}
