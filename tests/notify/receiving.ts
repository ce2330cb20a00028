import type { Clock } from "../../engine/ports/clock.ts";
import { TIME_LIMIT } from "../../engine/notify/deliver.ts";

/** A request that somebody sent. */
export interface Received {
  path: string;
  headers: Headers;
  body: string;
  /** When, by the hurried clock, in milliseconds. */
  at: number;
}

/** What is answered to the n-th request: a status with headers, or nothing at all. */
export type Answers = (n: number) => ResponseInit | "hang";

/**
 * A clock on which all sleeps end at once, and take as long as they should by itself. A time limit ends
 * only while the server hangs.
 */
export class HurriedClock implements Clock {
  isHanging = false;
  private time = 0;

  now(): number {
    return this.time;
  }

  monotonic(): number {
    return this.time;
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    const isLimit = milliseconds === TIME_LIMIT;
    do await new Promise((resolve) => setTimeout(resolve, 1)); while (
      isLimit && !this.isHanging && !signal?.aborted
    );
    if (!signal?.aborted) this.time += milliseconds;
  }
}

/** Serves on a port of its own while `use` runs; tells what came in. */
export async function withServer(
  answers: Answers,
  use: (at: { url: string; received: Received[]; clock: HurriedClock }) => Promise<void>,
): Promise<void> {
  const received: Received[] = [], clock = new HurriedClock(), held: (() => void)[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    const { pathname: path } = new URL(request.url), { headers } = request;
    const answer = answers(received.length + 1), body = await request.text();
    received.push({ path, headers, body, at: clock.monotonic() });
    clock.isHanging = answer === "hang";
    if (answer !== "hang") return new Response(null, answer);
    await new Promise<void>((resolve) => held.push(resolve));
    return new Response("");
  });
  try {
    await use({ url: `http://127.0.0.1:${server.addr.port}`, received, clock });
  } finally {
    for (const letGo of held) letGo();
    await server.shutdown();
  }
}
