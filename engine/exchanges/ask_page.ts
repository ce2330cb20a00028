import type { FillTools } from "./fill_tools.ts";
import type { Arrival } from "./read_trade.ts";
import type { IdNumber } from "./trade_ids.ts";

/** The page of trades numbered from `from` on, or the newest, once the reader has room; nothing after an abort. */
export async function askById(
  from: IdNumber | undefined,
  tools: FillTools,
): Promise<Arrival[] | undefined> {
  await tools.room();
  return tools.signal.aborted ? undefined : await tools.pages.byId(from);
}

/** The page of trades from `since` to `until`, once the reader has room; nothing after an abort. */
export async function askByTime(
  since: number,
  until: number | undefined,
  tools: FillTools,
): Promise<Arrival[] | undefined> {
  await tools.room();
  return tools.signal.aborted ? undefined : await tools.pages.byTime(since, until);
}
