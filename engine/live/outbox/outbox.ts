import type { Clock } from "../../ports/clock.ts";
import type { Store } from "../../ports/store.ts";
import { UnreachableError } from "../../ports/store_errors.ts";
import { waitFor } from "../wait_for.ts";

/** Something to be stored, which may be tried again. */
export interface Job {
  /** How many rows it keeps in memory. */
  readonly rows: number;
  store(store: Store): Promise<void>;
}

/** Rows that may wait at most, unless told otherwise. Whoever brings more has to wait. */
export const MOST_ROWS = 100_000;

/** A job that has so many rows is not given more, so that each is stored in a second or so. */
const LARGE = 5_000;

/** The first and the longest wait before the store is tried again, in milliseconds. */
const FIRST_WAIT = 100;
const LONGEST_WAIT = 5_000;

/** After so long whoever brings something goes on, if there is room, in milliseconds. */
export const PATIENCE = 250;

/** After a stop, a store that gets nothing done in this time is not waited for, in milliseconds. */
const LAST_PATIENCE = 2_000;

/** What an outbox works with. */
export interface OutboxPlace {
  store: Store;
  clock: Clock;
  /** Told once when the store goes away, and once when it is back. */
  trouble(message: string): void;
  /** Aborts when nothing more will be brought and the store is not worth waiting for. */
  stopping: AbortSignal;
  /** `MOST_ROWS` unless given. */
  mostRows?: number;
}

/**
 * Brings jobs to the store, in order. While the store is away they wait here, as many as there is room
 * for; then whoever brings more is made to wait.
 *
 * What it keeps is bounded by `mostRows`, and by what is brought at once before it is asked whether
 * there is room: a batch of a feed. A trade or a candle takes some 230 bytes, so that the room is 23 MB
 * unless it is set.
 */
export class Outbox {
  private readonly jobs: Job[] = [];
  private running: Promise<void> | undefined;
  private failure: { error: unknown } | undefined;
  private away = false;

  constructor(private readonly place: OutboxPlace) {}

  get rows(): number {
    return this.jobs.reduce((sum, { rows }) => sum + rows, 0);
  }

  get isEmpty(): boolean {
    return this.jobs.length === 0;
  }

  /** Whether a job is here, was not begun, and is not large yet. */
  takesMore(job: Job): boolean {
    if (job.rows >= LARGE) return false;
    const at = this.jobs.lastIndexOf(job);
    return at > 0 || (at === 0 && !this.running);
  }

  add(job: Job): void {
    this.jobs.push(job);
  }

  /** Begins to store what is there, if that is not being done. */
  start(): void {
    if (this.isEmpty || this.failure) return;
    this.running ??= this.work().finally(() => this.running = undefined);
  }

  /**
   * Stores what is there. Resolves when that is done or, if it takes long, when there is room for
   * more, or everything is to stop. Rejects with what no second try would mend.
   */
  async send(): Promise<void> {
    const { stopping, mostRows = MOST_ROWS } = this.place;
    this.start();
    while (this.running) {
      await this.wait(PATIENCE);
      if (this.rows < mostRows || stopping.aborted) break;
    }
    this.complain();
  }

  /** Stores what is there, however long that takes; after a stop only while it gets on. */
  async drain(): Promise<void> {
    const { stopping } = this.place;
    this.start();
    for (let left = NaN; this.running && left !== this.jobs.length;) {
      left = stopping.aborted ? this.jobs.length : NaN;
      await this.wait(stopping.aborted ? LAST_PATIENCE : PATIENCE);
    }
    this.complain();
  }

  /** Resolves when the work is done, but after so many milliseconds at the latest. */
  private wait(milliseconds: number): Promise<void> {
    return waitFor(this.running, milliseconds, this.place.clock);
  }

  private complain(): void {
    if (this.failure) throw this.failure.error;
  }

  private async work(): Promise<void> {
    const { store, clock, trouble, stopping } = this.place;
    let wait = FIRST_WAIT;
    while (this.jobs.length > 0) {
      try {
        await this.jobs[0].store(store);
        if (this.away) trouble("The database is back");
        this.away = false;
        wait = FIRST_WAIT;
        this.jobs.shift();
      } catch (error) {
        if (!(error instanceof UnreachableError)) return void (this.failure = { error });
        if (!this.away) trouble(`The database is away, and what is made waits: ${error.message}`);
        this.away = true;
        if (stopping.aborted) return;
        await clock.sleep(wait, stopping);
        if (stopping.aborted) return;
        wait = Math.min(2 * wait, LONGEST_WAIT);
      }
    }
  }
}
