import type { BackendFactory, IQueueBackend } from "bullmq";
import type { StoreError } from "../ports/store_errors.ts";

/** What BullMQ's names and keys begin with. */
export const PREFIX = "lockstep";

/** Runs a command, and gives what it throws its words. */
export type Attempt = <T>(action: string, command: () => Promise<T>) => Promise<T>;

/** A server that keeps BullMQ's queues; `C` is what BullMQ calls a connection to it. */
export interface QueueServer<C> {
  /** What BullMQ makes a queue's back end with. */
  readonly factory: BackendFactory<IQueueBackend, C>;
  /** For commands, which fail when they are not answered in time. */
  readonly speaking: C;
  /** For waiting: it comes back by itself, and what is sent meanwhile is sent then. */
  readonly waiting: C;
  /** What went wrong while it was to do `action`. */
  errorOf(error: unknown, action: string): StoreError;
  close(): Promise<void>;
}
