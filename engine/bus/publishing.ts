/** So many messages go out at once at most. */
const MOST = 500;

/** A message that waits to go out. */
interface Waiting {
  payload: string;
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * Messages that come while others are being sent go out together, in their order: each time costs a round
 * trip and a transaction. If that fails they are tried singly, so that what is wrong with one is nothing to
 * the others.
 */
export function publishing(
  send: (payloads: readonly string[]) => Promise<void>,
): (payload: string) => Promise<void> {
  const waiting: Waiting[] = [];
  let isSending = false;
  const sendAll = async () => {
    isSending = true;
    while (waiting.length > 0) await sendSome(send, waiting.splice(0, MOST));
    isSending = false;
  };
  return (payload) =>
    new Promise((resolve, reject) => {
      waiting.push({ payload, resolve, reject });
      if (!isSending) sendAll();
    });
}

/** Sends messages, and tells each of those who wait what came of its own. Does not reject. */
async function sendSome(
  send: (payloads: readonly string[]) => Promise<void>,
  some: readonly Waiting[],
): Promise<void> {
  try {
    await send(some.map(({ payload }) => payload));
    for (const { resolve } of some) resolve();
  } catch (error) {
    if (some.length > 1) { for (const one of some) await sendSome(send, [one]); }
    else for (const { reject } of some) reject(error);
  }
}
