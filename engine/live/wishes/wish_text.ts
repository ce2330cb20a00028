import { baseMarket } from "../../market/base_market.ts";
import { isReplayVenue } from "../../market/replay_venue.ts";
import type { AtOnce, Wish } from "../../ports/bot_wishes.ts";
import type { BotRecord } from "../../ports/bots.ts";

type Placed = Pick<BotRecord, "config">;

/** How a tape is traded further. */
const REPLAY = "deno task live CONFIG --replay TAPE --keep";

/** What is to become of a bot of which something was asked, as the rest of a sentence about it. */
export function wishText(
  { config: { market } }: Placed,
  wish: Wish,
  becomes?: AtOnce["becomes"],
): string {
  if (becomes === "stopped") return "is stopped; what it holds stays as it is marked";
  if (becomes === "running") return "goes on behind its last candle";
  if (wish === "start") return "is to be started anew, by the next runner";
  const what = { pause: "pause", resume: "resume", liquidate: "close its position and pause" };
  const close = `at the close of the ${baseMarket(market).timeframe} candle in the making`;
  return `is to ${what[wish as keyof typeof what]} ${close}`;
}

/** That nobody runs a bot, and when what was asked of it is done then; the end of a sentence. */
export function nobodyText({ config: { market } }: Placed): string {
  const then = isReplayVenue(market.exchange)
    ? `that is done if its tape is replayed further (${REPLAY})`
    : "that is done once a process does (deno task live)";
  return `but nobody runs it now: ${then}`;
}
