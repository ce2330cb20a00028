import type { BotRecord, BotState } from "../../ports/bots.ts";
import type { Revised, Store } from "../../ports/store.ts";
import { baseMarket } from "../../market/base_market.ts";
import { otherMarkets } from "../../strategy/all_markets.ts";
import { newRun } from "../bots/run_record.ts";
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
  const { cursor } = state;
  if (cursor === undefined) return undefined;
  const revised = await revisedUnder(store, bot, cursor);
  if (revised.count === 0) return undefined;
  const again = { run: newRun(bot), state, reading: "latest" as const };
  const { ledger, equity } = await rerun(store, bot, again, options);
  const { tallies: tables, first } = ledger;
  return { revised, tables, equity, ...(first && { first }) };
}

/** What was revised of its market and of the others that it reads. */
async function revisedUnder(
  { marketData }: Store,
  { config, run: { anchor: after, front, fronts } }: BotRecord,
  to: number,
): Promise<Revised> {
  const others = otherMarkets(config).map((key) => ({ key, front: fronts?.[key.symbol] }));
  const all = await Promise.all(
    [{ key: baseMarket(config.market), front }, ...others].map(({ key, front }) =>
      marketData.revised(key, { after, to, front })
    ),
  );
  const some = all.filter(({ count }) => count > 0);
  if (some.length === 0) return all[0];
  return {
    count: some.reduce((sum, { count }) => sum + count, 0),
    first: Math.min(...some.map(({ first }) => first)),
    last: Math.max(...some.map(({ last }) => last)),
  };
}
