import type { Config } from "../strategy/config.ts";
import type { BotStatus } from "./bot_status.ts";

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
  /** When it last made progress (UTC milliseconds). */
  heartbeat: number | undefined;
  /** Close time of the last candle that it decided. */
  cursor: number | undefined;
  /** Rises whenever a runner takes the bot over; writes under an older epoch are refused. */
  epoch: number;
  /** Who took it over last. */
  owner: string | undefined;
  /** When it was restarted after a crash, in the last hour. */
  restarts: readonly number[];
  createdAt: number;
}

export interface BotRepository {
  /** Makes the bot unless one with this id is there. Returns the bot as stored. */
  create(bot: NewBot): Promise<BotRecord>;
  find(id: string): Promise<BotRecord | undefined>;
  list(): Promise<BotRecord[]>;
  /** Takes the bot over for `owner`: raises its epoch and returns the new one. */
  claim(id: string, owner: string): Promise<number>;
  /** The state that was committed with the cursor. */
  snapshot(id: string): Promise<Uint8Array | undefined>;
  setStatus(id: string, status: BotStatus, reason: string): Promise<void>;
  heartbeat(id: string, epoch: number, at: number): Promise<void>;
  recordRestart(id: string, at: number): Promise<void>;
}
