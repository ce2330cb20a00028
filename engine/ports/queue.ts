/** Something that is to be done, by its number. */
export interface Job {
  job: number;
  /** What it takes to do it; a few thousand characters. */
  data: string;
}

/** A job that is through. */
export interface FinishedJob {
  job: number;
  /** What came of it; `undefined` if it failed. */
  result?: string;
  /** Why it failed. */
  error?: string;
}

/** Work that somebody shares out: its jobs are done by whoever takes part. */
export interface SharedWork {
  /** Letters, digits and `-`. */
  id: string;
  /** What those who take part have to know. */
  text: string;
  /** Differs from look to look while whoever shares it out is at it: UTC milliseconds of that machine. */
  beat: number;
}

/** The end of whoever shares work out. Only one process may have it at a time. */
export interface SharingOut {
  /** Adds jobs; one whose number is there already stays as it is. */
  add(jobs: readonly Job[]): Promise<void>;
  /** Some of the jobs that are through and not yet forgotten, at most 64. */
  finished(): Promise<FinishedJob[]>;
  /** Forgets jobs that are through, so that their numbers are free. */
  forget(jobs: readonly number[]): Promise<void>;
  /** How many jobs are there: waiting, being done, or through and not forgotten. */
  count(): Promise<number>;
  /** Says that somebody is at it; announces the work anew if that was lost. */
  beat(): Promise<void>;
  /** What those who take part, or cannot, have said since the last call, in order. */
  heard(): Promise<string[]>;
  /** Takes everything away: the announcement and all jobs. */
  remove(): Promise<void>;
  /** Lets go of it; what is there stays. */
  close(): Promise<void>;
}

/** The end of whoever takes part in work. */
export interface TakingPart {
  /** Takes no further job, and resolves when those under way are through. */
  leave(): Promise<void>;
}

/** How somebody takes part. */
export interface Participant {
  /** Jobs done at a time. */
  atOnce: number;
  /**
   * Does a job; the result has to be the same whoever does it. What it throws is told as its `error`. While
   * it runs, the process must be able to do other things, or the job counts as lost and is given away.
   */
  run(job: Job): Promise<string>;
}

/**
 * Work that processes share, on as many machines as reach it. A job is given to one of those who take part;
 * when that process dies or hangs, it is given to another within some seconds, and what the first may yet say
 * of it is not heard. So a job may be done twice, but is told once. All methods throw a `StoreError` that
 * says what could not be done; an `UnreachableError` if it may go well another time.
 */
export interface WorkQueue {
  /** Announces work, or takes it up again where another process left it. */
  share(id: string, text: string): Promise<SharingOut>;
  /** All work that is announced. */
  announced(): Promise<SharedWork[]>;
  /** Takes part in work. */
  takePart(id: string, participant: Participant): Promise<TakingPart>;
  /** Says a line to whoever shares work out. */
  say(id: string, line: string): Promise<void>;
  close(): Promise<void>;
}
