import { checkTrade } from "../../market/checks.ts";
import { InputError } from "../../market/errors.ts";
import { isFarAhead } from "../../market/is_far_ahead.ts";
import { iso } from "../../market/time.ts";
import { instrumentKey } from "../../market/trade.ts";
import type { FeedEvent } from "../../ports/feed.ts";
import { SeenTrades } from "./seen_trades.ts";

/** Why a trade is not taken. */
export type Refusal = "no trade" | "wrong time" | "duplicate" | "too old to tell";

/** Lets each trade through once. */
export class TradeGate {
  private readonly seen = new Map<string, SeenTrades>();

  /** Why a trade cannot be taken, if so, and what of it is wrong. */
  refuse(event: FeedEvent): { refusal: Refusal; reason: string } | undefined {
    const { instrument, trade } = event, key = instrumentKey(instrument);
    const place = `${key} ${trade.id}`, problem = problemOf(event, place);
    if (problem) return { refusal: "no trade", reason: problem };
    if (isFarAhead(trade.timestamp, event.received)) {
      const now = iso(Math.round(event.received)), its = iso(trade.timestamp);
      const reason = `${place}: its time is ${its}, but it is only ${now} on the exchange`;
      return { refusal: "wrong time", reason };
    }
    const seen = this.seenOf(key).note(trade);
    if (seen === "new") return undefined;
    return { refusal: seen, reason: `${place}: ${seen}, ${iso(trade.timestamp)}` };
  }

  private seenOf(key: string): SeenTrades {
    return this.seen.getOrInsertComputed(key, () => new SeenTrades());
  }
}

function problemOf({ trade }: FeedEvent, place: string): string | undefined {
  try {
    checkTrade(trade, place);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}
