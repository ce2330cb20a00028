import process from "node:process";
import type { Redis } from "ioredis";

/**
 * The client of Redis. The package that it logs with reads every variable of the environment when it
 * is loaded, which a process may not that has only some permitted, and may be told there to print all
 * commands, passwords among them. So it is shown an empty environment.
 */
export async function loadRedis(): Promise<typeof Redis> {
  const { env } = process;
  process.env = {};
  try {
    return (await import("ioredis")).Redis;
  } finally {
    process.env = env;
  }
}
