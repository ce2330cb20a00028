import { toJson } from "../metrics/to_json.ts";
import { type BotView, botView } from "./bot_view.ts";
import type { Followers, Look } from "./followers.ts";
import { Refusal } from "./refusal.ts";

/** So many may watch at once. */
const MOST_STREAMS = 100;
/** How long a page waits before it connects again, in milliseconds. */
const RETRY = 1_000;
/** Bytes that a reader may be behind before it is let go: it will connect again. */
const MOST_BEHIND = 4_000_000;

/**
 * What is seen of the bots, as server-sent events: `bots` with all of them at first, then each second
 * `change` with those that are otherwise, and `trouble` when the store cannot be read.
 */
export function eventStream(followers: Followers, over: AbortSignal): Response {
  if (followers.size >= MOST_STREAMS) {
    throw new Refusal(503, `${MOST_STREAMS} pages watch already`, { "retry-after": "10" });
  }
  const encoder = new TextEncoder(), changes = changeTeller();
  let end: (() => void) | undefined;
  const body = new ReadableStream<Uint8Array>({
    // Not before somebody reads: an answer to HEAD is never read, and would be followed for ever.
    pull(controller) {
      if (end) return;
      const close = () => {
        end?.();
        try {
          controller.close();
        } catch {
          // The reader has gone.
        }
      };
      const send = (text: string) => {
        if ((controller.desiredSize ?? 0) < -MOST_BEHIND) return close();
        controller.enqueue(encoder.encode(text));
      };
      send(`retry: ${RETRY}\n\n`);
      const unfollow = followers.follow((look) => send(changes(look)));
      over.addEventListener("abort", close);
      end = () => {
        unfollow();
        over.removeEventListener("abort", close);
      };
      if (over.aborted) close();
    },
    cancel: () => end?.(),
  }, new ByteLengthQueuingStrategy({ highWaterMark: 0 }));
  const headers = { "content-type": "text/event-stream", "cache-control": "no-store" };
  return new Response(body, { headers });
}

/** Tells one reader what each look changed. */
function changeTeller(): (look: Look) => string {
  let told: Map<string, string> | undefined;
  return (look) => {
    if ("trouble" in look) return event("trouble", look);
    const { now } = look.seen, views = look.seen.bots.map((bot) => botView(bot, now));
    const texts = new Map(views.map((view) => [view.id, toJson(view)]));
    const before = told;
    told = texts;
    if (!before) return event("bots", { now, bots: views });
    const isNew = (view: BotView) => before.get(view.id) !== texts.get(view.id);
    const gone = [...before.keys()].filter((id) => !texts.has(id));
    return event("change", { now, bots: views.filter(isNew), gone });
  };
}

function event(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${toJson(data)}\n\n`;
}
