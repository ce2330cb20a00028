/**
 * `live` on a tape, which counts what it does and looks now and then what it holds.
 *
 *     day_process.ts FILE [CONFIG…] [FLAG…]    where to write what was found
 */
import { memoryUsage } from "node:process";
import { errorText } from "../../../engine/cli/error_text.ts";
import { liveCommand } from "../../../engine/cli/live.ts";
import { note } from "../../../engine/cli/output.ts";
import { replaced } from "../live/replaced.ts";
import type { DayFound, Held } from "./day_run.ts";

const [file, ...args] = Deno.args;
const found: DayFound = { trades: 0, candles: 0, decisions: 0, fills: 0, held: [], end: held() };

/** What the process holds: memory in bytes, open files and sockets. */
function held(): Held {
  const { rss, heapUsed } = memoryUsage();
  let descriptors = NaN;
  try {
    descriptors = [...Deno.readDirSync("/proc/self/fd")].length;
  } catch {
    // Only Linux tells.
  }
  return { rss, heap: heapUsed, descriptors };
}

/** How often it looks, in milliseconds. */
const LOOK = 1_000;

const timer = setInterval(() => found.held.push(held()), LOOK);
try {
  const command = liveCommand(({ store, bus, trading }) => {
    const providers = new Map(Array.from(trading.providers, ([name, { feed, ...more }]) => {
      const watched = replaced(feed, {
        async *trades(...wanted) {
          for await (const batch of feed.trades(...wanted)) {
            found.trades += batch.events.length;
            yield batch;
          }
        },
      });
      return [name, { ...more, feed: watched }] as const;
    }));
    const watchedStore = replaced(store, {
      commit: async (decision) => {
        await store.commit(decision);
        found.decisions += 1;
        found.candles += decision.candles;
        found.fills += decision.fills.length;
      },
    });
    return { store: watchedStore, bus, trading: { ...trading, providers } };
  });
  await command.parseAsync(args, { from: "user" });
  clearInterval(timer);
  found.end = held();
  await Deno.writeTextFile(file, JSON.stringify(found));
  // Whatever is left would keep it from ending by itself: a timer, a socket.
} catch (error) {
  note(errorText(error));
  Deno.exit(1);
}
