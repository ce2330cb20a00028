import type { BotRecord, BotState } from "../../ports/bots.ts";
import type { Revised, Store } from "../../ports/store.ts";
import { baseMarket } from "../../strategy/base_market.ts";
import { newRun } from "../run_record.ts";
import type { Difference, LedgerTable, Tally } from "./difference.ts";
import { rerun, type RerunOptions } from "./rerun.ts";

/** What a bot would have done, had the candles been then what they are now. */
export interface LateRevisions {
  /** Candles that were revised, or stored for the first time, when it had gone by. */
  revised: Revised;
  /** Rows of each table, and how many of them differ from what it did. */
  tables: Record<LedgerTable, Tally>;
  /** The first row that would have been another, if there is one. */
  first?: Difference;
  /** What its account would have, in the quote currency. */
  equity: number;
}

/** Nothing if all candles are as they were decided. */
export async function lateRevisions(
  store: Store,
  bot: BotRecord,
  state: BotState,
  options: RerunOptions,
): Promise<LateRevisions | undefined> {
  const { config, run: { anchor, front } } = bot, { cursor } = state;
  if (cursor === undefined) return undefined;
  const key = baseMarket(config.market), range = { after: anchor, to: cursor, front };
  const revised = await store.marketData.revised(key, range);
  if (revised.count === 0) return undefined;
  const again = { run: newRun(bot), state, reading: "latest" as const };
  const { ledger, equity } = await rerun(store, bot, again, options);
  const { tallies: tables, first } = ledger;
  return { revised, tables, equity, ...(first && { first }) };
}
