import type { BotControl } from "../ports/bot_control.ts";
import type { BotRecord } from "../ports/bots.ts";
import type { Clock } from "../ports/clock.ts";
import type { ReceiverStanding } from "../ports/receiver_standing.ts";
import type { Store } from "../ports/store.ts";

/** What the dashboard works with. */
export interface DashboardPlace {
  store: Store;
  clock: Clock;
  /** Where it asks things of bots. */
  control: BotControl;
  /** Where it says what it refused. */
  log(message: string): void;
  /** Whether a bot's config is what its receipt was made for; not told unless given. */
  receiptFits?(config: BotRecord["config"]): boolean;
  /** How it goes to tell those who are notified, if this process notifies. */
  receivers?(): readonly ReceiverStanding[];
  /** What people have to give before they see anything; nothing is asked for unless given. */
  token?: string;
  /** Names by which it may be called, besides addresses of numbers and `localhost`. */
  names?: readonly string[];
}
