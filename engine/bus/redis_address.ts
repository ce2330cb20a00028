import { StoreError } from "../ports/store_errors.ts";

/** Where a Redis is and how to get in. */
export interface RedisAddress {
  host: string;
  port: number;
  /** Without one, Redis takes `default`. */
  username?: string;
  password?: string;
  /** Whether the connection is encrypted: `rediss:`. */
  secure: boolean;
}

const FORM = "it must look like redis://user:password@host:6379/0, or rediss:// over TLS";

/**
 * Reads the address of a Redis. Throws a `StoreError` that does not show it, for it may hold a
 * password. The number of a database is read over, for channels belong to none.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(readRedisAddress("rediss://ann:a%40b@[::1]:7000/2"), {
 *   host: "::1",
 *   port: 7000,
 *   username: "ann",
 *   password: "a@b",
 *   secure: true,
 * });
 * ```
 */
export function readRedisAddress(text: string): RedisAddress {
  if (!URL.canParse(text)) throw refusal(FORM);
  const { protocol, hostname, port, username, password, pathname, search } = new URL(text);
  if (!/^rediss?:$/.test(protocol) || hostname === "" || !/^(\/\d*)?$/.test(pathname)) {
    throw refusal(FORM);
  }
  if (search !== "") throw refusal("what follows its question mark is not understood");
  return {
    host: hostname.replace(/^\[|\]$/g, ""),
    port: Number(port || 6379),
    ...(username !== "" && { username: decoded(username) }),
    ...(password !== "" && { password: decoded(password) }),
    secure: protocol === "rediss:",
  };
}

/** `host:port`, which may be shown. */
export function placeOf({ host, port }: RedisAddress): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw refusal("a % in its user or password is written as %25");
  }
}

function refusal(reason: string): StoreError {
  return new StoreError(`Cannot use the address of Redis: ${reason}`);
}
