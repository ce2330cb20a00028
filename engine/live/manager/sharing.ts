import type { BotWish } from "../../ports/bot_wishes.ts";
import type { BotAtWork, Shift } from "../../ports/bots.ts";

/** How a runner shares all bots that trade live with others. */
export interface Sharing {
  /** Why this runner cannot run a bot now; `undefined` if it can. */
  refuses(bot: BotAtWork): string | undefined;
  /** Told regularly which bots work here: all of them. */
  works(ids: readonly string[]): Promise<void>;
  /**
   * Carries out that a bot is to be started anew, if this runner can. Returns whether a new one was made;
   * what it throws is told, and tried again later.
   */
  startAnew(wish: BotWish): Promise<boolean>;
}

/**
 * How many bots a runner is to have at most while others share them. Who has more hands some back, who has
 * less takes what is free, and who has as many does neither, so that nothing goes to and fro.
 */
export function fairShare(bots: number, runners: number): number {
  return Math.ceil(bots / Math.max(1, runners));
}

/** What a runner is to do about the bots that it shares. */
export interface Share {
  /** Free bots that it takes. */
  take: string[];
  /** Bots of its own that it hands back. */
  handBack: string[];
}

/** In so many beats a runner may find a bot free that others were to take. */
const MOST_LOOKS = 3;

/** Says, look by look, which bots a runner takes and which it hands back. */
export class Sharer {
  /** In how many beats in a row each free bot was found to be so. */
  private free = new Map<string, number>();
  /** So many runners there were when one of them took nothing of what was free. */
  private unwilling: number | undefined;

  constructor(private readonly owner: string) {}

  /**
   * What is to be done about the bots of a shift, all of which the runner could run. `isBeat` says whether
   * a beat of the leases has begun since the last look: only then had others the time to take what is free.
   */
  look({ bots, runners }: Shift, isBeat: boolean): Share {
    const { owner } = this, fair = fairShare(bots.length, runners);
    const own = bots.filter(({ runner }) => runner === owner);
    const free = bots.filter(({ runner }) => runner === undefined).map(({ id }) => id);
    const more = isBeat ? 1 : 0;
    this.free = new Map(free.map((id) => [id, (this.free.get(id) ?? 0) + more]));
    // Others may not be able to run what this one can: it keeps what nobody takes.
    const left = free.filter((id) => this.free.get(id)! > MOST_LOOKS);
    if (left.length > 0) this.unwilling = runners;
    if (this.unwilling !== runners) this.unwilling = undefined;
    const room = Math.max(0, fair - own.length);
    const mine = free.toSorted((a, b) => orderFor(owner, a) - orderFor(owner, b)).slice(0, room);
    return {
      take: [...new Set([...mine, ...left])],
      handBack: this.unwilling === undefined ? own.slice(fair).map(({ id }) => id) : [],
    };
  }
}

/** Each runner takes free bots in another order, so that they seldom want the same. */
function orderFor(owner: string, id: string): number {
  let hash = 0;
  for (const letter of `${owner} ${id}`) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
  return hash;
}
