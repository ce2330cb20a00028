import type { BusMessage } from "../ports/bus.ts";

/** Who listens, and what is called when messages may have been lost. */
interface Entry {
  listener: (message: BusMessage) => void;
  missed?: () => void;
}

/** Those who listen on the channels of one connection. */
export class Listeners {
  private readonly entries = new Map<string, Set<Entry>>();

  /** The channels on which somebody listens. */
  get channels(): string[] {
    return [...this.entries.keys()];
  }

  /** Whether somebody listens on the channel. */
  has(channel: string): boolean {
    return this.entries.has(channel);
  }

  /** Adds one more, who is called twice if he comes twice. Returns what removes him. */
  add(channel: string, listener: Entry["listener"], missed?: Entry["missed"]): () => void {
    const entry = { listener, missed }, among = this.entries.get(channel) ?? new Set();
    this.entries.set(channel, among.add(entry));
    return () => {
      // Everyone may be gone by now, and others have come.
      if (among.delete(entry) && among.size === 0 && this.entries.get(channel) === among) {
        this.entries.delete(channel);
      }
    };
  }

  /** Calls those who listen on the channel. */
  deliver(channel: string, message: BusMessage): void {
    for (const { listener } of this.entries.get(channel) ?? []) {
      // On its own, so that a listener that throws keeps neither the others nor the driver from going on.
      queueMicrotask(() => listener(message));
    }
  }

  /** Tells everyone that messages may have been lost. */
  missed(): void {
    for (const { missed } of [...this.entries.values()].flatMap((among) => [...among])) {
      if (missed) queueMicrotask(missed);
    }
  }

  clear(): void {
    this.entries.clear();
  }
}
