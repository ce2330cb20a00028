import { StoreError } from "../ports/store_errors.ts";
import { type NotifyConnection, openNotifyConnection } from "./notify_connection.ts";

/** The longest wait between two attempts to reach a lost server, in milliseconds. */
const LONGEST_WAIT = 1_000;

/** What is told what a connection hears, and that it was lost and is back. */
export interface LastingEars {
  hear(payload: string): void;
  back(): void;
}

/**
 * Connects to the database at `url`, and listens. A connection that is lost, or gives no answer for
 * `patience` ms, is replaced by another; until then `send` throws at once. Throws a `StoreError` if there is
 * none at first.
 */
export async function openLastingConnection(
  url: string,
  patience: number,
  { hear, back }: LastingEars,
): Promise<NotifyConnection> {
  const over = new AbortController();
  let away = new StoreError("Cannot publish on the bus: it was closed");
  let replacing: Promise<void> | undefined;
  const open = () => openNotifyConnection({ url, patience, stop: over.signal }, { hear, lost });
  const lost = (why: StoreError) => {
    [current, away] = [undefined, why];
    replacing = replace();
  };
  const replace = async () => {
    for (let tries = 0; !over.signal.aborted && !current; tries++) {
      await sleep(Math.min(10 * 3 ** tries, LONGEST_WAIT), over.signal);
      if (over.signal.aborted) return;
      try {
        current = await open();
        back();
      } catch (error) {
        if (error instanceof StoreError) away = error;
      }
    }
  };
  let current: NotifyConnection | undefined = await open();
  return {
    send: async (payloads) => {
      if (!current) throw away;
      await current.send(payloads);
    },
    close: async () => {
      over.abort();
      await replacing;
      await current?.close();
    },
  };
}

function sleep(milliseconds: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      stop.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    stop.addEventListener("abort", end);
  });
}
