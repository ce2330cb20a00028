import assert from "node:assert/strict";
import { ExchangeClock } from "../../engine/live/exchange_clock.ts";

const NOON = Date.UTC(2024, 7, 8, 12), MINUTE = 60_000, HOUR = 60 * MINUTE;

/** Learns from a trade a second over a minute, each `delay` after the exchange's time; then says it. */
function after(clock: ExchangeClock, start: number, delay: (second: number) => number): number {
  for (let second = 0; second < 60; second++) {
    const timestamp = start + 1_000 * second;
    clock.learn(timestamp, timestamp + delay(second));
  }
  return clock.at(start + 59_000 + delay(59)) - (start + 59_000);
}

Deno.test("nothing is known of an exchange's clock before its first trade", () => {
  assert.equal(new ExchangeClock().at(NOON), -Infinity);
});

Deno.test("an exchange's clock is as far ahead as its fastest trade of late tells", () => {
  const clock = new ExchangeClock();
  assert.ok(clock.learn(NOON + 1_270, NOON));
  assert.ok(clock.learn(NOON + 1_100, NOON + 200));
  assert.equal(clock.at(NOON + 500), NOON + 1_770);
});

Deno.test("an exchange's clock follows when ours is set", () => {
  for (const step of [-30_000, -5_000, 5_000, 30_000, HOUR, -HOUR]) {
    const clock = new ExchangeClock();
    assert.equal(after(clock, NOON, () => 40), 0);
    assert.equal(after(clock, NOON + MINUTE, () => 40 + step), 0, `${step}`);
  }
});

Deno.test("a slow minute does not set an exchange's clock ahead", () => {
  const clock = new ExchangeClock();
  after(clock, NOON, () => 40);
  for (let second = 0; second < 60; second++) {
    const timestamp = NOON + MINUTE + 1_000 * second, received = timestamp + 40 + 50 * second;
    clock.learn(timestamp, received);
    assert.ok(clock.at(received) <= received - 40);
  }
});

Deno.test("trades from the far future are not believed, unless all of them are", () => {
  const clock = new ExchangeClock();
  assert.ok(clock.learn(NOON, NOON));
  for (let i = 1; i <= 20; i++) {
    assert.ok(!clock.learn(NOON + HOUR, NOON + i));
    assert.ok(clock.learn(NOON + i, NOON + i));
    assert.equal(clock.at(NOON + i), NOON + i);
  }
  const believed = Array.from(
    { length: 20 },
    (_, i) => clock.learn(NOON + HOUR + 100 * i, NOON + 20 + i),
  );
  assert.deepEqual(believed, [...new Array(19).fill(false), true]);
  assert.equal(clock.at(NOON + 39), NOON + HOUR + 1_900);
});

Deno.test("trades from the far future that do not agree with each other are never believed", () => {
  const clock = new ExchangeClock();
  for (let i = 1; i < 200; i++) assert.ok(!clock.learn(NOON + i * HOUR, NOON + i), `${i}`);
});

Deno.test("the first trade of all is held to our own clock; old ones that are fetched do not count", () => {
  const clock = new ExchangeClock();
  assert.ok(!clock.learn(NOON + HOUR, NOON));
  for (let i = 0; i < 9; i++) assert.ok(clock.learn(NOON - 3 * HOUR + i, NOON));
  assert.ok(clock.learn(NOON + 20_000, NOON));
  assert.equal(clock.at(NOON), NOON + 20_000);
});
