import { z } from "zod";
import { type Level, LEVELS, type Message } from "../happening.ts";

/** A request that tells a receiver a message. */
export interface Telling {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** Somebody who is told. Its address may be a secret: it is never logged, its name is. */
export interface Receiver {
  name: string;
  /** The least grave that it is told. */
  level: Level;
  /** Where it is reached. */
  url: string;
  telling(message: Message): Telling;
}

/** Gives the secret that a variable of the environment holds. */
export type Secrets = (variable: string) => string;

/** An object with these keys and no others; the message of an error lists them. */
export function strict<T extends z.core.$ZodLooseShape>(shape: T) {
  const keys = Object.keys(shape).join(", ");
  return z.strictObject(shape, {
    error: ({ code }) => code === "unrecognized_keys" ? keys : undefined,
  });
}

/** The name of a variable that holds a secret. No other variable can be named: a file sends none of them. */
export const variable = z.string().regex(/^LOCKSTEP_NOTIFY_[A-Z0-9_]+$/, {
  error: "must be the name of a variable that begins with LOCKSTEP_NOTIFY_, not the secret itself",
});

/** An address. */
export const address = z.url({ protocol: /^https?$/, error: "must be a URL, http or https" });

/** What all receivers have. */
export const COMMON = { level: z.enum(LEVELS).default("warning") };

export const JSON_HEADERS = { "content-type": "application/json" };
