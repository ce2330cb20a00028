import type { Decision } from "../../ports/store.ts";
import { FencedError, UnreachableError } from "../../ports/store_errors.ts";
import type { Database } from "./connection.ts";
import type { Partitions } from "./partitions.ts";
import { writeDecisions } from "./write_decisions.ts";

/** So many decisions share a transaction at most, and so many transactions are under way. */
const MOST = 200, AT_ONCE = 2;

/** A decision that waits to be written. */
interface Waiting {
  decision: Decision;
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * As `Store.commit` says. Decisions that come together, as those of bots that wake on the same candle, or
 * while others are being written, share a transaction; if it fails they are tried singly, so that
 * what is wrong with one of them is nothing to the others.
 */
export function committing(
  database: Database,
  partitions: Partitions,
): (decision: Decision) => Promise<void> {
  const waiting: Waiting[] = [];
  let underWay = 0, isDue = false;

  /** Sends what is there when everybody has had a turn who was woken by the same. */
  const sendSoon = () => {
    if (isDue || underWay >= AT_ONCE || waiting.length === 0) return;
    isDue = true;
    setTimeout(() => {
      isDue = false;
      send();
    }, 0);
  };
  const send = async () => {
    const batch = takeBatch(waiting);
    sendSoon();
    underWay++;
    await write(database, partitions, batch);
    underWay--;
    sendSoon();
  };
  return (decision) =>
    new Promise((resolve, reject) => {
      waiting.push({ decision, resolve, reject });
      sendSoon();
    });
}

/** The first of them, one of each bot: the second one's row is not yet as it expects it. */
function takeBatch(waiting: Waiting[]): Waiting[] {
  const bots = new Set<string>(), batch: Waiting[] = [], rest: Waiting[] = [];
  for (const one of waiting.splice(0)) {
    const { botId } = one.decision;
    if (batch.length === MOST || bots.has(botId)) rest.push(one);
    else batch.push(one);
    bots.add(botId);
  }
  waiting.push(...rest);
  return batch;
}

/** Writes decisions, and tells each of those who wait what came of its own. Does not reject. */
async function write(
  database: Database,
  partitions: Partitions,
  batch: readonly Waiting[],
): Promise<void> {
  const decisions = batch.map(({ decision }) => decision);
  const times = decisions.flatMap(({ performance }) => performance.map(({ time }) => time));
  try {
    const done = await partitions.writing(
      "bot_performance",
      times,
      () => writeDecisions(database, decisions),
    );
    for (const { decision, resolve, reject } of batch) {
      if (done.has(decision.botId)) resolve();
      else reject(fenced(decision));
    }
  } catch (error) {
    if (batch.length > 1 && !(error instanceof UnreachableError)) {
      for (const one of batch) await write(database, partitions, [one]);
    } else for (const { reject } of batch) reject(error);
  }
}

function fenced({ botId, epoch, previousCursor, cursor }: Decision): FencedError {
  return new FencedError(
    `Bot "${botId}" is not ours any more: another runner took it over, or its cursor moved`,
    { botId, epoch, previousCursor, cursor },
  );
}
