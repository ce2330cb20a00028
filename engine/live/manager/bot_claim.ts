import { AT_WORK } from "../../ports/bot_status.ts";
import type { BotRecord } from "../../ports/bots.ts";
import { LeasedError } from "../../ports/store_errors.ts";
import type { Workplace } from "./workplace.ts";

/** Where a bot is that was claimed here: `elsewhere` is with another runner, or free. */
export type Holder = "ours" | "elsewhere" | Pick<BotRecord, "status" | "reason">;

/** A bot as this process has claimed it, again and again. */
export class BotClaim {
  /** The epoch under which it was claimed here last; 0 before that. */
  epoch = 0;
  /** It is ours under a later epoch than we know. */
  private isOutOfDate = false;
  /** The epoch that it had before it was first tried to start it. */
  private before: number | undefined;

  /** `starts` says whether the bot is started if it is not at work. */
  constructor(
    readonly id: string,
    private readonly place: Pick<Workplace, "store" | "claim">,
    private starts: boolean,
  ) {}

  /** Takes the bot over, also from what was claimed here before. Throws what the store throws. */
  async make(): Promise<void> {
    const { store, claim } = this.place;
    if (this.starts) await this.lookWhetherStarted();
    try {
      const { starts, before } = this, wanted = { ...claim, starts, startsFrom: before };
      this.epoch = await store.bots.claim(this.id, wanted);
      this.isOutOfDate = false;
      this.starts = false;
    } catch (error) {
      // It was started, here or by who has it: whoever ends it from now on means it.
      if (error instanceof LeasedError) this.starts = false;
      throw error;
    }
  }

  /** One whose start was answered by nothing may have been started all the same, and ended since. */
  private async lookWhetherStarted(): Promise<void> {
    const epoch = (await this.place.store.bots.find(this.id))?.epoch;
    this.before ??= epoch;
    if (epoch !== this.before) this.starts = false;
  }

  /** Lets another runner have it; `why`, if given, is what its row says from then on. */
  async handBack(why?: string): Promise<void> {
    if (this.isOutOfDate) await this.make();
    await this.place.store.bots.handBack(this.id, this.epoch, why);
  }

  /**
   * Who has the bot now, asked when our epoch was refused: if it is ours all the same, a claim of ours came
   * late, and is to be made again. Its status and why it has that, if somebody has ended it.
   */
  async holder(): Promise<Holder> {
    const { store, claim } = this.place, bot = await store.bots.find(this.id);
    this.isOutOfDate = bot?.owner === claim.owner;
    if (this.isOutOfDate) return "ours";
    return !bot || AT_WORK.includes(bot.status) ? "elsewhere" : bot;
  }
}
