import type { Trade } from "../../market/trade.ts";
import type { FoundSpan, LostSpan } from "../../ports/feed.ts";

/** What comes to a market, in the order in which it is to be taken. */
export interface MarketInput {
  take(trade: Trade): void;
  /** It is `time` on the exchange. */
  advance(time: number): void;
  lose(span: LostSpan): void;
  find(found: FoundSpan): void;
}

/** Keeps what comes to a market that cannot take it yet. */
export class MarketInbox implements MarketInput {
  private came:
    ({ trade: Trade } | { time: number } | { span: LostSpan } | { found: FoundSpan })[] = [];

  get length(): number {
    return this.came.length;
  }

  take(trade: Trade): void {
    this.came.push({ trade });
  }

  advance(time: number): void {
    const last = this.came.at(-1);
    // It never goes back, and what counts is how far it came before the next trade.
    if (last && "time" in last) last.time = time;
    else this.came.push({ time });
  }

  lose(span: LostSpan): void {
    this.came.push({ span });
  }

  find(found: FoundSpan): void {
    this.came.push({ found });
  }

  /** Gives everything to `market`. */
  empty(market: MarketInput): void {
    const came = this.came;
    this.came = [];
    for (const one of came) {
      if ("trade" in one) market.take(one.trade);
      else if ("time" in one) market.advance(one.time);
      else if ("span" in one) market.lose(one.span);
      else market.find(one.found);
    }
  }
}
