import { messageOf } from "../market/errors.ts";
import type { Clock } from "../ports/clock.ts";
import type { Store } from "../ports/store.ts";
import type { BotGlance, OpenPosition } from "../ports/watch.ts";

/** The most bots that are shown. */
export const MOST_BOTS = 2_000;
/** How often the store is looked at while somebody watches, in milliseconds. */
const PERIOD = 1_000;

/** A bot at a glance, and what it holds. */
export type SeenBot = BotGlance & { open: OpenPosition | undefined };

/** What is known of the bots. */
export interface Seen {
  /** The store's clock then, UTC milliseconds. */
  now: number;
  bots: readonly SeenBot[];
}

/** What a look at the store gave: the bots, or why there are none to be had, and since when. */
export type Look = { seen: Seen } | { trouble: string; since: number };

/** Looks at the bots, once. */
export async function lookAtBots({ watch }: Store, id?: string): Promise<Seen> {
  const { now, bots } = await watch.glance({ limit: MOST_BOTS, id });
  const held = bots.filter(({ last }) => last !== undefined && last.position !== 0);
  const open = await watch.positions(held.map((bot) => bot.id));
  return { now, bots: bots.map((bot) => ({ ...bot, open: open.get(bot.id) })) };
}

/** Looks at the bots every second for all who watch together, and not at all while nobody does. */
export class Followers {
  private readonly listeners = new Set<(look: Look) => void>();
  private looking: AbortController | undefined;
  private awaySince: number | undefined;

  constructor(private readonly store: Store, private readonly clock: Clock) {}

  get size(): number {
    return this.listeners.size;
  }

  /** Calls `listener` with each look from now on. Returns what ends it. */
  follow(listener: (look: Look) => void): () => void {
    this.listeners.add(listener);
    // Who comes later sees all at once, too.
    this.looking?.abort();
    this.looking = new AbortController();
    this.look(this.looking.signal);
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.looking?.abort();
    };
  }

  /** Nobody is told anything any more. */
  close(): void {
    this.listeners.clear();
    this.looking?.abort();
  }

  private async look(over: AbortSignal): Promise<void> {
    while (!over.aborted) {
      const look = await this.attempt();
      if (over.aborted) return;
      for (const listener of [...this.listeners]) listener(look);
      await this.clock.sleep(PERIOD, over);
    }
  }

  private async attempt(): Promise<Look> {
    try {
      const seen = await lookAtBots(this.store);
      this.awaySince = undefined;
      return { seen };
    } catch (error) {
      this.awaySince ??= this.clock.now();
      return {
        trouble: messageOf(error),
        since: this.awaySince,
      };
    }
  }
}
