import assert from "node:assert/strict";
import { restartDelay } from "../../../engine/live/manager/restarts.ts";

const HOUR = 3_600_000, NOON = Date.UTC(2024, 7, 8, 12);

Deno.test("a crashed bot waits longer each time, and is not restarted a fourth time in an hour", () => {
  const restarts: number[] = [], delays: (number | "quarantine")[] = [];
  for (let minute = 0; minute < 4; minute++) {
    const now = NOON + minute * 60_000;
    delays.push(restartDelay(restarts, now));
    restarts.push(now);
  }
  assert.deepEqual(delays, [1_000, 2_000, 4_000, "quarantine"]);
});

Deno.test("restarts of more than an hour ago do not count", () => {
  const restarts = [NOON, NOON + 1, NOON + 2];
  assert.equal(restartDelay(restarts, NOON + HOUR - 1), "quarantine");
  assert.equal(restartDelay(restarts, NOON + HOUR), 4_000);
  assert.equal(restartDelay(restarts, NOON + HOUR + 2), 1_000);
});
