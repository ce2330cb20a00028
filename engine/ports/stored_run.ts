import type { AccountReport } from "../account/report.ts";
import type { Candles } from "../market/candles.ts";
import type { RunSpec } from "../run/run.ts";
import type { BotRecord } from "../ports/bots.ts";
import type { BotWish } from "./bot_wishes.ts";
import type { ClosedTrade, Fill, PerformanceRow, Refusal, Signal } from "./store.ts";

/** All that is stored of a bot, through its last decision. */
export interface StoredRun {
  bot: BotRecord;
  spec: RunSpec;
  /** The candles that it decided on, from its anchor on. */
  seen: Candles;
  signals: readonly Signal[];
  refusals: readonly Refusal[];
  fills: readonly Fill[];
  trades: readonly ClosedTrade[];
  /** Not every candle has a row, and those of old months may be kept no more. */
  performance: readonly PerformanceRow[];
  /** What its account has done in all, by what it remembers. */
  report: AccountReport;
  /** What people asked of it. */
  wishes: readonly BotWish[];
}
