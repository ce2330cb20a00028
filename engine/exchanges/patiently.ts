import { InputError } from "../market/errors.ts";
import type { Clock } from "../ports/clock.ts";
import { backoff } from "./backoff.ts";
import type { CcxtExchange } from "./ccxt_exchange.ts";

/** What waiting needs. */
export interface Patience {
  clock: Clock;
  /** Chance from 0 to 1, so that a test can repeat it. */
  random: () => number;
  signal: AbortSignal;
  /** Told of each failure, in words. */
  trouble?: (message: string) => void;
  /** So many milliseconds without any answer are enough; it is asked for ever unless given. */
  giveUpAfter?: number;
}

/** An exchange that gave no answer at all for as long as was to be waited. */
export class NoAnswer extends Error {
  override name = "NoAnswer";
}

/** An exchange that answers, but not what was asked: asking again will not help. */
export class RequestRefused extends Error {
  override name = "RequestRefused";
}

const DELAYS = { first: 250, most: 30_000 };

/** ccxt's errors that pass: too many requests, no answer, a server that is down. */
const PASSING = new Set([
  "NetworkError",
  "RequestTimeout",
  "ExchangeNotAvailable",
  "OnMaintenance",
  "DDoSProtection",
  "RateLimitExceeded",
]);

/** Those of them that only an exchange that answers gives rise to. */
const BUSY = new Set(["DDoSProtection", "RateLimitExceeded"]);

/** So often an answer that is no answer is asked for again. */
const TRIES = 5;

/** No exchange is taken at its word when it says to wait longer than this, in milliseconds. */
const LONGEST = 120_000;

/** Waiting gives nobody a permission. */
function refuseForbidden({ id }: CcxtExchange, message: string): void {
  const [, host] = /Requires net access to "([^"]+)"/.exec(message) ?? [];
  if (host === undefined) return;
  throw new InputError(
    `Cannot reach ${id}: tasks may not connect to ${host}. ` +
      `With LOCKSTEP_NET=--allow-net in the environment they may reach every host`,
  );
}

/**
 * Asks an exchange, again and again if it is busy or away, later each time and as late as it says by
 * `Retry-After`. Throws an `InputError` if it may not be reached, a `RequestRefused` if it keeps on
 * answering something else, a `NoAnswer` after `giveUpAfter` without a word from it, and returns
 * `undefined` when the signal aborts.
 */
export async function patiently<Answer>(
  exchange: CcxtExchange,
  ask: () => Promise<Answer>,
  { clock, random, signal, trouble, giveUpAfter = Infinity }: Patience,
): Promise<Answer | undefined> {
  let refused = 0, silentSince: number | undefined;
  for (let attempt = 1; !signal.aborted; attempt++) {
    const asked = clock.monotonic();
    try {
      exchange.last_response_headers = exchange.lastStatus = undefined;
      return await ask();
    } catch (error) {
      if (signal.aborted) return undefined;
      const message = messageOf(error);
      refuseForbidden(exchange, message);
      if (!isPassing(error, exchange.lastStatus) && ++refused >= TRIES) {
        throw new RequestRefused(message, { cause: error });
      }
      // A wait that an exchange asked for is no silence of it: that begins with what is asked behind it.
      silentSince = isSilence(error, exchange.lastStatus) ? silentSince ?? asked : undefined;
      if (clock.monotonic() - (silentSince ?? Infinity) >= giveUpAfter) {
        throw new NoAnswer(message, { cause: error });
      }
      trouble?.(`${exchange.id}: ${message}`);
      const wait = Math.max(backoff(DELAYS, attempt, random), retryAfter(exchange, clock.now()));
      await clock.sleep(wait, signal);
    }
  }
  return undefined;
}

/** ccxt takes some answers of servers that are down for a refusal: their status tells. */
function isPassing(error: unknown, status = 0): boolean {
  const name = error instanceof Error ? error.name : "";
  return PASSING.has(name) || status >= 500 || status === 429 || status === 418;
}

/** Whether nobody answered: no server, no network, or nothing until the time was up. */
function isSilence(error: unknown, status?: number): boolean {
  return status === undefined && isPassing(error) && !BUSY.has((error as Error).name);
}

/** Of a long message so much of the beginning is told, which names the request, and of the end, the cause. */
const BEGINNING = 100, END = 200;

/** What an error says, cut to a line; without what a web address asks for, which may be very long. */
export function messageOf(error: unknown): string {
  const told = (error as { message?: unknown } | undefined)?.message;
  const message = (typeof told === "string" ? told : String(error))
    .replace(/(https?:\/\/[^\s?]+)\?\S*/g, "$1").replace(/\s+/g, " ");
  if (message.length <= BEGINNING + END) return message;
  return `${message.slice(0, BEGINNING)} … ${message.slice(-END)}`;
}

/** Milliseconds that the last answer asked for, in seconds or as a date; 0 if it did not. */
function retryAfter(exchange: CcxtExchange, now: number): number {
  const headers = exchange.last_response_headers ?? {};
  const text = headers["Retry-After"] ?? headers["retry-after"];
  if (text === undefined) return 0;
  const seconds = Number(text);
  const wait = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(text) - now;
  return Math.min(LONGEST, Math.max(0, wait || 0));
}
