import assert from "node:assert/strict";
import { VenueClock } from "../../engine/exchanges/venue_clock.ts";

const NOON = Date.UTC(2024, 7, 8, 12), MINUTE = 60_000, HOUR = 60 * MINUTE;

/** Has a clock learn from a trade at a moment of ours, on a machine whose time is `ours`. */
const learn = (clock: VenueClock, timestamp: number, moment: number, ours = moment) =>
  clock.learn(timestamp, moment, ours);

/** Learns from a trade a second over a minute, each `delay` after the exchange's time; then says it. */
function after(clock: VenueClock, start: number, delay: (second: number) => number): number {
  for (let second = 0; second < 60; second++) {
    const timestamp = start + 1_000 * second;
    learn(clock, timestamp, timestamp + delay(second));
  }
  return clock.at(start + 59_000 + delay(59)) - (start + 59_000);
}

Deno.test("nothing is known of an exchange's clock before its first trade or answer", () => {
  assert.equal(new VenueClock().at(NOON), -Infinity);
});

Deno.test("an exchange's clock is as far ahead as its fastest trade of late tells", () => {
  const clock = new VenueClock();
  assert.ok(learn(clock, NOON + 1_270, NOON));
  assert.ok(learn(clock, NOON + 1_100, NOON + 200));
  assert.equal(clock.at(NOON + 500), NOON + 1_770);
});

Deno.test("an exchange's clock is as far ahead as its answer tells, however long that took", () => {
  const clock = new VenueClock();
  // It was told at some moment of ours from 5,000 to 9,000: at 9,000 at the latest.
  clock.tell(NOON, 5_000, 9_000);
  assert.equal(clock.at(9_500), NOON + 500);
  clock.tell(NOON + 1_000, 9_900, 10_000);
  assert.equal(clock.at(10_500), NOON + 1_500);
  // One that was longer on its way tells nothing new.
  clock.tell(NOON + 1_600, 10_900, 12_900);
  assert.equal(clock.at(13_000), NOON + 4_000);
});

Deno.test("an exchange's clock is never told later than it is, whatever is on its way how long", () => {
  let seed = 1;
  const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  for (const offset of [NOON, -90_000, 90_000]) {
    const clock = new VenueClock();
    for (let moment = 0; moment < 5 * MINUTE; moment += Math.floor(3_000 * random())) {
      const delay = Math.floor(5_000 * random() ** 2), told = moment + offset - delay;
      if (random() < 0.2) {
        const asked = moment - delay - Math.floor(500 * random());
        // In whole seconds, the rest cut off.
        clock.tell(Math.floor(told / 1_000) * 1_000, asked, moment);
      } else assert.ok(learn(clock, told, moment, moment + offset + 80_000 * (random() - 0.5)));
      assert.ok(clock.at(moment) <= moment + offset);
      if (moment > MINUTE) assert.ok(clock.at(moment) >= moment + offset - 2_500);
    }
  }
});

Deno.test("a clock that nobody asked follows when the one that recorded its trades is set", () => {
  for (const step of [-30_000, -5_000, 5_000, 30_000, HOUR, -HOUR]) {
    const clock = new VenueClock();
    assert.equal(after(clock, NOON, () => 40), 0);
    assert.equal(after(clock, NOON + MINUTE, () => 40 + step), 0, `${step}`);
  }
});

Deno.test("a slow minute does not set an exchange's clock ahead", () => {
  const clock = new VenueClock();
  after(clock, NOON, () => 40);
  for (let second = 0; second < 60; second++) {
    const timestamp = NOON + MINUTE + 1_000 * second, received = timestamp + 40 + 50 * second;
    learn(clock, timestamp, received);
    assert.ok(clock.at(received) <= received - 40);
  }
});

Deno.test("trades from the far future are not believed, unless all of them are", () => {
  for (const wasTold of [false, true]) {
    const clock = new VenueClock();
    if (wasTold) clock.tell(NOON, NOON, NOON);
    assert.ok(learn(clock, NOON, NOON));
    for (let i = 1; i <= 20; i++) {
      assert.ok(!learn(clock, NOON + HOUR, NOON + i));
      assert.ok(learn(clock, NOON + i, NOON + i));
      assert.equal(clock.at(NOON + i), NOON + i);
    }
    const believed = Array.from(
      { length: 20 },
      (_, i) => learn(clock, NOON + HOUR + 100 * i, NOON + 20 + i),
    );
    assert.deepEqual(believed, [...new Array(19).fill(false), true]);
    assert.equal(clock.at(NOON + 39), NOON + HOUR + 1_900);
    // An answer that somebody has kept for an hour is not believed any more.
    clock.tell(NOON, NOON + 40, NOON + 41);
    assert.ok(learn(clock, NOON + HOUR + 2_000, NOON + 50));
  }
});

Deno.test("trades from the far future that do not agree with each other are never believed", () => {
  const clock = new VenueClock();
  for (let i = 1; i < 200; i++) assert.ok(!learn(clock, NOON + i * HOUR, NOON + i), `${i}`);
});

Deno.test("the first trade of all is held to our own clock; old ones that are fetched do not count", () => {
  const clock = new VenueClock();
  assert.ok(!learn(clock, NOON + HOUR, NOON));
  for (let i = 0; i < 9; i++) assert.ok(learn(clock, NOON - 3 * HOUR + i, NOON));
  assert.ok(learn(clock, NOON + 20_000, NOON));
  assert.equal(clock.at(NOON), NOON + 20_000);
});

Deno.test("on a machine whose clock is slow the first trades are right, and one alone moves no time", () => {
  const clock = new VenueClock(), slow = 90_000;
  assert.ok(learn(clock, NOON + slow, NOON));
  assert.equal(clock.at(NOON), -Infinity);
  assert.ok(learn(clock, NOON + slow + 1_000, NOON + 1_000));
  assert.equal(clock.at(NOON + 1_000), NOON + slow + 1_000);
});

Deno.test("where the exchange has told its time, a wrong one of a trade moves it by a second at most", () => {
  const clock = new VenueClock();
  clock.tell(NOON + 90_000, NOON, NOON + 100);
  assert.ok(learn(clock, NOON + 90_000 + 40_000, NOON + 200));
  assert.ok(clock.at(NOON + 200) <= NOON + 90_200 + 1_000);
  assert.ok(!learn(clock, NOON + 90_000 + 70_000, NOON + 300));
  clock.tell(NOON + 91_000, NOON + 1_000, NOON + 1_000);
  assert.ok(clock.at(NOON + 2_000) <= NOON + 92_000 + 1_000);
});

Deno.test("a machine that slept believes what it is told next", () => {
  const clock = new VenueClock();
  clock.tell(NOON, 0, 0);
  // Eight hours during which the clock that nobody sets stood still, and the machine's did not.
  clock.doubt();
  assert.ok(learn(clock, NOON + 8 * HOUR, 1_000, NOON + 8 * HOUR));
  assert.ok(clock.at(1_000) <= NOON + 8 * HOUR);
  clock.tell(NOON + 8 * HOUR + 1_000, 2_000, 2_000);
  assert.equal(clock.at(3_000), NOON + 8 * HOUR + 2_000);
});
