import { InputError } from "../../market/errors.ts";
import type { Candles } from "../../market/candles.ts";
import type { BotRecord, BotState } from "../../ports/bots.ts";
import type { Store } from "../../ports/store.ts";
import type { StoredRun } from "../../ports/stored_run.ts";
import { BotCandles } from "./bot_candles.ts";
import { findBot } from "./find_bot.ts";
import { newRun, runSpec } from "./run_record.ts";

/** How often a bot is read again that decided something meanwhile. */
const MOST_ATTEMPTS = 5;

/**
 * All that a store has of a bot, by what `findBot` takes, with all rows of one and the same
 * moment. Throws an `InputError` if there is no such bot, if it has decided nothing yet, or if this engine
 * cannot run it; and if there is no store at all.
 */
export async function storedRun(store: Store | undefined, wanted: string): Promise<StoredRun> {
  if (store === undefined) {
    throw new InputError("There is no database here, and so no bot: `deno task live` makes both");
  }
  const { id } = await findBot(store, wanted);
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const bot = (await store.bots.find(id))!, state = (await store.bots.state(id))!;
    const run = await readAll(store, bot, state);
    if ((await store.bots.find(id))?.cursor === state.cursor) return run;
  }
  throw new InputError(`Bot ${id} decides faster than it can be read: stop it, or try again`);
}

async function readAll(store: Store, bot: BotRecord, state: BotState): Promise<StoredRun> {
  const { id } = bot, { cursor, snapshot } = state;
  if (cursor === undefined || snapshot === undefined) {
    throw new InputError(
      `Bot ${id} has decided nothing yet: there are no candles behind its start`,
    );
  }
  const spec = runSpec(bot), range = { after: bot.run.anchor, to: cursor };
  const seen = await new BotCandles(store, bot).again(range);
  return {
    bot,
    spec,
    seen,
    signals: await store.signals.ofBot(id),
    refusals: await store.refusals.ofBot(id),
    fills: await store.fills.ofBot(id),
    trades: await store.trades.ofBot(id),
    performance: await store.performance.ofBot(id),
    report: reportOf(bot, seen, snapshot),
    wishes: await store.wishes.ofBot(id),
  };
}

function reportOf(bot: BotRecord, seen: Candles, snapshot: Uint8Array) {
  const run = newRun(bot);
  if (run.replays) run.replay(seen);
  run.restore(snapshot);
  return run.account.report(seen.close[seen.length - 1]);
}
