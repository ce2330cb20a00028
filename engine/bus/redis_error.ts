import { messageOf } from "../market/errors.ts";
import { StoreError } from "../ports/store_errors.ts";
import { UNREACHABLE } from "../ports/unreachable_codes.ts";
import { placeOf, type RedisAddress } from "./redis_address.ts";

const NOT_LET_IN = /^(WRONGPASS|NOAUTH|ERR invalid password|ERR AUTH)/;
const NO_REDIS = /^Unknown RESP type|^Protocol error/;

/** What the client says instead of giving a code, and what is meant. */
const MEANT: readonly [said: RegExp, meant: string][] = [
  [/timed out|ETIMEDOUT/, "it does not answer"],
  [/^Connection is closed|^Stream isn't writeable|aborted/, "the connection is lost"],
  [NO_REDIS, "what listens there does not speak as Redis does"],
];

/**
 * The `StoreError` for something that the client threw while it was to do `action`. It has no cause:
 * the client's errors hold what was sent, the password among it. `lost` in its context says that the
 * command did not get through or was not answered, rather than refused.
 */
export function redisError(
  error: unknown,
  action: string,
  context: Readonly<Record<string, unknown>>,
  address: RedisAddress,
): StoreError {
  if (error instanceof StoreError) return error;
  const code = codeOf(error), place = placeOf(address);
  return new StoreError(`Cannot ${action}: ${reasonOf(error, code, address)}`, {
    ...context,
    place,
    code,
    lost: !isRefusal(error),
  });
}

/** Whether the server itself refused what was sent, so that it is there and well. */
export function isRefusal(error: unknown): boolean {
  return error instanceof Error && error.name === "ReplyError";
}

/**
 * Whether trying again later is no use: whoever is there lets us not in, or is no Redis. Of all else,
 * such as an unknown host or a server that is full, more may come.
 */
export function isWrongAddress(error: unknown): boolean {
  const said = messageOf(error);
  return isRefusal(error) ? NOT_LET_IN.test(said) : NO_REDIS.test(said);
}

/** The code of an error; of several attempts (one for each address of a host), the first one's. */
function codeOf(error: unknown): string | undefined {
  const { code, errors } = (error ?? {}) as { code?: string; errors?: readonly unknown[] };
  return code ?? (errors ? codeOf(errors[0]) : undefined);
}

function reasonOf(error: unknown, code: string | undefined, address: RedisAddress): string {
  const said = messageOf(error).split("\n")[0];
  const place = placeOf(address), user = address.username ?? "default";
  if (NOT_LET_IN.test(said)) {
    return `Redis at ${place} does not let user "${user}" in: ${said}`;
  }
  if (isRefusal(error)) return `Redis at ${place} refuses: ${said}`;
  const meant = UNREACHABLE[code ?? ""] ?? MEANT.find(([pattern]) => pattern.test(said))?.[1];
  return `Redis at ${place} cannot be reached (${meant ?? said})`;
}
