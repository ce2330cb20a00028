import type { BotRecord, BotState } from "../../ports/bots.ts";
import type { CandleRange, Revision, Store } from "../../ports/store.ts";
import type { Run } from "../../run/run.ts";
import { BotCandles } from "../bots/bot_candles.ts";
import { pagesOf } from "../candle_pages.ts";
import { carriedOut } from "../wishes/carried_out.ts";
import { decideRows } from "../bots/decide_rows.ts";
import { rowsAtOnce } from "../bots/rows_at_once.ts";
import { compareState } from "./compare_state.ts";
import { LedgerCheck } from "./ledger_check.ts";

/** How a bot's candles are taken again. */
export interface RerunOptions {
  /** Candles that are read and decided at once. */
  page?: number;
  /** Called after each of these with how much is done, from 0 to 1; what it returns is waited for. */
  pace?: (done: number) => Promise<void> | void;
}

/** What came out of a bot's candles, beside what is stored. */
export interface Rerun {
  ledger: LedgerCheck;
  /** Candles that were there. */
  candles: number;
  /** What its account has in the end, in the quote currency. */
  equity: number;
}

/** Rows that are held at once, whatever the bot's age. */
const PAGE = 2_000;

/**
 * Takes the candles of a bot up to that of `state` again, from its first one on, in flat memory, and
 * holds what `run`, which begins, does to what is stored of it.
 */
export async function rerun(
  store: Store,
  { id, config, run: record }: BotRecord,
  { run, state, reading }: { run: Run; state: BotState; reading: Revision },
  { page = PAGE, pace }: RerunOptions = {},
): Promise<Rerun> {
  const { cursor } = state, { anchor } = record, { market, account } = config;
  const ledger = new LedgerCheck(store, id, new Set(await store.performance.months()));
  const sum: Required<Pick<BotState, "candles" | "maxDrawdown">> = { candles: 0, maxDrawdown: 0 };
  const asked = carriedOut(await store.wishes.ofBot(id));
  const size = rowsAtOnce(run, page);
  let candles = 0, equity = account.balance, last: number | undefined;
  const own = new BotCandles(store, { id, config, run: record }), to = cursor ?? anchor;
  const again = (range: CandleRange) => own.again({ ...range, to, revision: reading });
  for await (const taken of pagesOf(again, anchor, size)) {
    const rows = decideRows(run, taken, market.timeframe, asked);
    last = taken.time[taken.length - 1];
    await ledger.take(rows, last);
    candles += taken.length;
    sum.candles += rows.candles;
    sum.maxDrawdown = Math.min(sum.maxDrawdown, rows.maxDrawdown);
    equity = rows.performance.at(-1)?.equity ?? equity;
    await pace?.((last - anchor) / (to - anchor));
  }
  const snapshot = last === undefined ? undefined : run.save();
  const difference = compareState(state, { cursor: last, snapshot, ...sum }, cursor ?? anchor);
  if (difference) ledger.note(difference);
  await ledger.finish(cursor);
  return { ledger, candles, equity };
}
