import assert from "node:assert/strict";
import { type Numeric, open } from "../../engine/series/expression.ts";
import { sma } from "../../engine/series/operators/averages/sma.ts";
import { where } from "../../engine/series/operators/conditions/where.ts";
import { barsSince } from "../../engine/series/operators/events/bars_since.ts";
import { crossesAbove } from "../../engine/series/operators/events/crosses.ts";
import { whole } from "../../engine/strategy/parameters.ts";
import { type Built, strategy } from "../../engine/strategy/strategy.ts";

type Build = (candle: { close: Numeric; volume: Numeric }) => Built;

const made = (build: Build) => strategy("made", {}, { build: (_, candle) => build(candle) });

const refusal = (condition: string) => ({
  name: "InputError",
  message:
    `Nothing in made reads the condition ${condition}. It has no value while build runs, so that ` +
    "&&, ||, ?:, ! and if pass over it: use .and(), .or(), .not(), where() or choose(), or leave it out",
});

/** What drops a condition, and which. */
const DROPPING: readonly [what: string, dropped: string, Build][] = [
  ["&&", "crossesAbove(close, sma(close, 30))", ({ close, volume }) => ({
    enterLong: crossesAbove(close, sma(close, 30)) && volume.above(5),
  })],
  ["|| between names", "volume > 5", ({ close, volume }) => {
    const rises = close.above(open), busy = volume.above(5);
    return { enterLong: rises || busy };
  }],
  ["?:", "close > open", ({ close, volume }) => ({
    enterLong: close.above(open) ? volume.above(1) : volume.above(2),
  })],
  ["if", "close > open", ({ close, volume }) => {
    if (close.above(open)) return { enterLong: volume.above(1) };
    return { enterLong: volume.above(2) };
  }],
  ["!", "close < 9", ({ close, volume }) => ({
    enterLong: volume.above(5),
    exitLong: !close.below(9) || undefined as never,
  })],
  ["&& inside of what is read", "close > open", ({ close, volume }) => ({
    enterLong: (close.above(open) && volume.above(1)).and(volume.below(9)),
  })],
  ["&& behind what others make", "close > open and volume > 1", ({ close, volume }) => ({
    enterLong: close.above(open).and(volume.above(1)) && volume.below(9),
  })],
  ["&& behind a number made of others", "where(close > open, 1, 2) > 1", ({ close, volume }) => ({
    enterLong: where(close.above(open), 1, 2).above(1) && volume.above(1),
  })],
  ["&& in a number left over", "close > open", ({ close, volume }) => {
    where(close.above(open) && volume.above(2), 1, 2);
    return { enterLong: volume.above(1) };
  }],
  ["&& in a stop", "close > open", ({ close, volume }) => ({
    enterLong: volume.above(1),
    takeProfit: where(close.above(open) && volume.above(2), 0.1, 0.2),
  })],
];

for (const [what, dropped, build] of DROPPING) {
  Deno.test(`A condition that ${what} dropped is refused by name: another strategy was meant`, () => {
    assert.throws(() => made(build), refusal(dropped));
  });
}

Deno.test("So is one that the rule for parameters drops", () => {
  const build = () => ({ enterLong: crossesAbove(open, sma(open, 3)) });
  const parameters = { fast: whole(10), slow: whole(30) };
  assert.throws(
    () =>
      strategy("made", parameters, {
        where: ({ fast, slow }) => fast.below(slow) && slow.above(20),
        build,
      }),
    refusal("fast < slow"),
  );
});

Deno.test("What is read anywhere is no mistake, nor are numbers that are left over", () => {
  made(({ close, volume }) => {
    const spare = sma(close, 9), drawn = close.above(spare), busy = volume.above(1);
    return {
      enterLong: close.above(open),
      takeProfit: where(busy, 0.1, 0.2),
      series: { drawn },
    };
  });
});

Deno.test("Nor are the conditions that numbers left over are made of", () => {
  const trail = (close: Numeric) => {
    const slow = sma(close, 9), rising = close.above(slow).and(slow.above(open));
    return { line: where(rising, slow, close).plus(1), since: barsSince(rising.not()), slow };
  };
  const { signals } = made(({ close }) => ({ enterLong: close.above(trail(close).slow) }));
  assert.deepEqual(Object.keys(signals), ["enterLong"]);
});

Deno.test("Each build answers for its own conditions, one inside of another and one that failed, too", () => {
  const inner: Build = ({ close }) => ({ enterLong: close.above(1) });
  made(({ close }) => {
    made(inner);
    assert.throws(() =>
      made(({ close }) => {
        close.above(3);
        throw new Error("no strategy after all");
      }), /no strategy after all/);
    return { enterLong: close.above(2) };
  });
  assert.throws(() =>
    made((candle) => {
      candle.close.above(7);
      made(inner);
      return { enterLong: candle.close.above(2) };
    }), refusal("close > 7"));
  // Outside of a build nobody asks.
  open.above(3);
  made(inner);
});
