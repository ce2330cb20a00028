import type { Config } from "../strategy/config.ts";
import type { BotStatus } from "./bot_status.ts";
import type { VerificationRecord } from "./verification.ts";

/** What a bot's numbers depend on besides its config: stored with it, so that they can be had again. */
export interface RunRecord {
  /** Of market, strategy, account and risk. */
  configHash: string;
  /** The `RUN_VERSION` that it runs under. */
  version: number;
  /** Decimals in which prices are summed; null if they are no decimal numbers. */
  decimals: number | null;
  /** The kernels see the candles that close after this time (UTC milliseconds). */
  anchor: number;
  /** The account acts on candles that open at or after this time. */
  start: number;
  /**
   * Candles that close at or before this time (UTC milliseconds) were there before the bot began: it has
   * them as they were stored first, also those that others never saw because these had gone by.
   */
  front?: number;
  /** The same of other markets that it reads, by symbol. */
  fronts?: Readonly<Record<string, number>>;
}

/** A bot to be: what it is, for as long as it is. */
export interface NewBot {
  id: string;
  /** The config as it was when the bot was made. */
  config: Config;
  run: RunRecord;
}

/** A bot as the database knows it. */
export interface BotRecord extends NewBot {
  status: BotStatus;
  /** Why it has this status, for people. */
  reason: string;
  /** When it last looked for candles and there was none that it had not decided (UTC milliseconds). */
  heartbeat: number | undefined;
  /** Close time of the last candle that it decided. */
  cursor: number | undefined;
  /** When it decided that one, by the store's clock (UTC milliseconds). */
  decidedAt: number | undefined;
  /** How many candles its account acted on. */
  candles: number;
  /** The deepest drawdown on any of them, a fraction: 0 or negative. */
  maxDrawdown: number;
  /** Rises whenever a runner takes the bot over; writes under an older epoch are refused. */
  epoch: number;
  /** The runner that claimed it last; nobody if it is not at work. */
  owner: string | undefined;
  /** When it was restarted after a crash, in the last hour. */
  restarts: readonly number[];
  /** What came of its last verification, if there was one. */
  verification: VerificationRecord | undefined;
  createdAt: number;
}

/** What a transaction leaves of a bot besides the rows that it writes. */
export interface BotState extends Pick<BotRecord, "cursor" | "candles" | "maxDrawdown"> {
  snapshot: Uint8Array | undefined;
}

/** How a bot is claimed. */
export interface Claim {
  /** The runner that is to have it. */
  owner: string;
  /** For so long, by the store's clock, unless the owner renews; milliseconds. */
  leaseMs: number;
  /** Whether the owner has its share of all bots that trade live, and not only what it was told of. */
  shares?: boolean;
  /** Whether a bot that is not at work is started; else that is refused. */
  starts?: boolean;
  /** Only under this epoch is it started, so that a start that comes late does not undo a stop. */
  startsFrom?: number;
}

/** Where a bot stands, for somebody who waits for it. */
export interface BotStanding {
  id: string;
  status: BotStatus;
  reason: string;
  /** Whether another runner has it, and its lease lasts. */
  isHeld: boolean;
}

/** A bot that is at work, for runners that share them. */
export interface BotAtWork {
  id: string;
  /** The runner that has it; nobody if no lease of one lasts. */
  runner: string | undefined;
  /** Whether candles are stored behind its cursor. */
  isBehind: boolean;
  /** What it trades on. */
  exchange: string;
  /** The version of its run. */
  version: number;
}

/** Who works on what. */
export interface Shift {
  bots: BotAtWork[];
  /** How many runners share the bots, and live. */
  runners: number;
}

/**
 * The bots. A runner has those that it claimed while its lease lasts; what is written of a bot under an
 * epoch that is not its own any more is refused with a `FencedError`.
 */
export interface BotRepository {
  /** Makes the bot unless one with this id is there. Returns the bot as stored. */
  create(bot: NewBot): Promise<BotRecord>;
  find(id: string): Promise<BotRecord | undefined>;
  list(): Promise<BotRecord[]>;
  /**
   * Takes a bot over: raises its epoch and returns the new one. Throws a `LeasedError` while another
   * runner has it, and an `EndedError` if it is not at work and is not to be started, or if another bot of
   * its name is at work on the same instrument.
   */
  claim(id: string, claim: Claim): Promise<number>;
  /** Lets the lease of a runner last for `leaseMs` from now, by the store's clock. */
  renew(owner: string, leaseMs: number, shares?: boolean): Promise<void>;
  /** All bots that are at work, by id, and how many runners share them. */
  atWork(): Promise<Shift>;
  /** Lets others have a bot, which stays at work; `reason`, if given, is its reason from then on. */
  handBack(id: string, epoch: number, reason?: string): Promise<void>;
  /** Ends the lease of a runner: others may take its bots over at once. */
  release(owner: string): Promise<void>;
  /** Where bots stand that `owner` waits for. */
  standings(ids: readonly string[], owner: string): Promise<BotStanding[]>;
  /** The state that was committed with the cursor. */
  snapshot(id: string): Promise<Uint8Array | undefined>;
  /** What the last transaction left, all of it of the same one; `undefined` if there is no such bot. */
  state(id: string): Promise<BotState | undefined>;
  /**
   * Notes what came of a verification. A bot that has `diverged` is at work no more, whoever ran it; one
   * that had and now does the `same` is stopped.
   */
  recordVerification(id: string, verification: VerificationRecord): Promise<void>;
  /** Nobody has a bot any more that is not at work; what is still asked of one that has ended is dropped. */
  setStatus(id: string, epoch: number, status: BotStatus, reason: string): Promise<void>;
  heartbeat(id: string, epoch: number, at: number): Promise<void>;
  /**
   * Notes that a bot has crashed, why, and that it is restarted for that at a time (UTC milliseconds): both
   * at once, so that no crash goes uncounted. Restarts of more than an hour before are forgotten.
   */
  crashed(id: string, epoch: number, at: number, reason: string): Promise<void>;
  /**
   * Stops a bot, whoever runs it: that runner can write nothing of it any more, and what is still asked of
   * the bot is dropped.
   */
  stop(id: string, reason: string): Promise<void>;
}
