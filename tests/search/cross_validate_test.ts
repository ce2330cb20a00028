import assert from "node:assert/strict";
import { normal, seededRandom } from "../../data/random.ts";
import { readCandlesCsv } from "../../engine/market/candles_csv.ts";
import { metricsSettings } from "../../engine/metrics/settings.ts";
import { backtest } from "../../engine/research/backtest.ts";
import { crossValidationDisplay } from "../../engine/charts/display/cross_validation_display.ts";
import { CrossValidation } from "../../engine/research/cross_validation/cross_validation.ts";
import { heldSpans } from "../../engine/research/cross_validation/held_spans.ts";
import { validatedPaths } from "../../engine/research/cross_validation/validated_paths.ts";
import { crossValidate } from "../../engine/search/cross_validate.ts";
import smaCross from "../../strategies/sma_cross.ts";

const DAY = 86_400_000;

function ratio(returns: readonly number[]): number {
  const mean = returns.reduce((a, b) => a + b, 0) / returns.length;
  const squares = returns.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  return mean / Math.sqrt(squares / (returns.length - 1)) * Math.sqrt(365);
}

Deno.test("each split takes what is best in what training is left, worked out by hand", async () => {
  const candles = (await readCandlesCsv("data/sample_candles_1h.csv.gz")).slice(0, 24 * 120);
  const sets = [{ fast: 5, slow: 20 }, { fast: 10, slow: 40 }, { fast: 20, slow: 400 }];
  const found = await crossValidate(smaCross, candles, sets, {
    groups: 12,
    tested: 2,
    embargo: 0.02,
  });
  const begin = candles.time[0] - 3_600_000, days = 120, embargo = 2; // ⌊0.02 × 120⌋
  assert.equal(begin % DAY, 0);
  const ran = sets.map((params) => {
    const result = backtest(smaCross, candles, { params }), worth = result.equity.column("equity");
    const ends = Array.from({ length: days }, (_, day) => worth[24 * day + 23]);
    const returns = ends.map((end, day) => end / (day === 0 ? 10_000 : ends[day - 1]) - 1);
    const open = result.open ? [{ entryTime: result.open.entryTime, exitTime: Infinity }] : [];
    return { returns, trades: [...result.trades.rows, ...open] };
  });
  const groupOf = (day: number) => Math.floor(day / 10), chosen: number[] = [];
  for (const { tested, params, sharpeIn, sharpeOut, trained } of found.splits) {
    const known = ran.map(({ trades }) =>
      Array.from({ length: days }, (_, day) => day).filter((day) => {
        if (tested.includes(groupOf(day))) return false;
        if (tested.some((g) => day >= 10 * g + 10 && day < 10 * g + 10 + embargo)) return false;
        // No trade that touches the day touches a day of a test.
        const from = begin + day * DAY, to = from + DAY;
        return !trades.some((one) =>
          one.entryTime <= to && one.exitTime >= from &&
          tested.some((g) =>
            one.entryTime <= begin + (10 * g + 10) * DAY && one.exitTime >= begin + 10 * g * DAY
          )
        );
      })
    );
    const ratios = ran.map(({ returns }, n) => ratio(known[n].map((day) => returns[day])));
    const best = ratios.indexOf(Math.max(...ratios));
    assert.deepEqual(params, sets[best], `tested ${tested}`);
    assert(Math.abs(sharpeIn - ratios[best]) < 1e-9);
    assert.equal(trained, known[best].length);
    const out = ran[best].returns.filter((_, day) => tested.includes(groupOf(day)));
    // Who held nothing has no ratio.
    if (out.some((one) => one !== 0)) assert(Math.abs(sharpeOut - ratio(out)) < 1e-9);
    else assert(Number.isNaN(sharpeOut));
    chosen.push(best);
  }
  assert.equal(found.paths.length, 11);
  found.paths.forEach((path, j) => {
    const own = Array.from(path, (_, day) => {
      const group = groupOf(day),
        tests = found.splits.flatMap(({ tested }, n) => tested.includes(group) ? [n] : []);
      return ran[chosen[tests[j]]].returns[day];
    });
    own.forEach((one, day) => assert(Math.abs(one - path[day]) < 1e-12));
    assert(Math.abs(found.sharpes[j] - ratio(own)) < 1e-9);
  });
  assert.equal(found.table().length, 11);
});

Deno.test("a notebook shows where the ratios of the paths lie", () => {
  const time = Float64Array.of(DAY, 2 * DAY, 3 * DAY, 4 * DAY), params = {};
  const settings = metricsSettings({ periodsPerYear: 1 });
  // Per period: mean over deviation is 1 / √(4 / 3), and −1 of the other.
  const up = Float64Array.of(0.02, 0, 0.02, 0), down = up.map((one) => -one);
  const found = new CrossValidation(
    2,
    [{ tested: [0], params, sharpeIn: 0, sharpeOut: 0, trained: 2 }],
    [up, down],
    time,
    settings,
  );
  const text = crossValidationDisplay(found)["text/plain"];
  assert.match(text, /worst +-0\.87/);
  assert.match(text, /best +0\.87/);
  assert.match(text, /2 paths through 2 groups, of 1 split; 50\.00% of them have none above 0/);
});

Deno.test("of noise paths have no Sharpe ratio to speak of, of what is good nearly the true one", () => {
  const settings = metricsSettings(), days = 500;
  const time = Float64Array.from({ length: days }, (_, day) => (day + 1) * DAY);
  const spans = heldSpans([], time), cut = { groups: 8, tested: 2, embargo: 5 };
  const median = (good: number, seed: number) => {
    const random = seededRandom(seed);
    const sets = Array.from({ length: 30 }, (_, n) => ({
      params: { n },
      returns: time.map(() => 0.01 * ((n === 7 ? good : 0) + normal(random))),
      spans,
    }));
    return validatedPaths(sets, time, cut, settings).quantile(0.5);
  };
  const mean = (good: number) => {
    const all = Array.from({ length: 12 }, (_, seed) => median(good, seed + 1));
    return all.reduce((a, b) => a + b) / all.length;
  };
  const noise = mean(0), skill = mean(0.3);
  // A ratio over so many days deviates by √(365 / 500), the mean of twelve by a third of that.
  assert(Math.abs(noise) < 1, `${noise} of noise`);
  assert(Math.abs(skill - 0.3 * Math.sqrt(365)) < 1, `${skill} where one is good`);
});

Deno.test("cross-validation refuses groups that cannot be, and ends when it is asked to", async () => {
  const candles = (await readCandlesCsv("data/sample_candles_1h.csv.gz")).slice(0, 24 * 30);
  const space = { fast: [5, 10], slow: [20, 40] };
  await assert.rejects(
    crossValidate(smaCross, candles, space, { groups: 20 }),
    /30 periods into 20/,
  );
  await assert.rejects(
    crossValidate(smaCross, candles, space, { tested: 10 }),
    /Cannot test 10 of 10/,
  );
  await assert.rejects(crossValidate(smaCross, candles, space, { embargo: 1 }), /embargo is 1/);
  const ending = new AbortController(), { signal } = ending;
  const progress = () => ending.abort();
  const asked = { groups: 4, signal, progress };
  await assert.rejects(crossValidate(smaCross, candles, space, asked), { name: "AbortError" });
});

Deno.test("of which training shows nothing is behind every known one, and alone it is not chosen", () => {
  const settings = metricsSettings(), days = 12;
  const time = Float64Array.from({ length: days }, (_, day) => (day + 1) * DAY);
  const apart = heldSpans([], time), cut = { groups: 3, tested: 1, embargo: 0 };
  const losing = time.map((_, day) => day % 2 === 0 ? -0.02 : 0.01);
  // It holds from the first day to the last: no day is left to train on. The other one never trades.
  const held = heldSpans([{ entryTime: DAY / 2, exitTime: Infinity }], time);
  const holder = { params: { n: 1 }, returns: time.map(() => 0.01), spans: held };
  const idle = { params: { n: 2 }, returns: new Float64Array(days), spans: apart };
  const loser = { params: { n: 3 }, returns: losing, spans: apart };
  const { splits } = validatedPaths([holder, idle, loser], time, cut, settings);
  assert.deepEqual(splits.map(({ params, trained }) => [params, trained]), [
    ...new Array(3).fill([{ n: 3 }, 8]),
  ]);
  assert(Math.abs(splits[0].sharpeIn - ratio([...losing.slice(4)])) < 1e-9);
  const none = validatedPaths([holder, idle], time, cut, settings);
  for (const { params, sharpeIn, trained } of none.splits) {
    assert.deepEqual([params, sharpeIn, trained], [undefined, NaN, 0]);
  }
  assert.deepEqual(none.paths, [new Float64Array(days)]);
});

Deno.test("sets whose account a protection ended early are told, for nothing tests them then", async () => {
  const candles = (await readCandlesCsv("data/sample_candles_1h.csv.gz")).slice(0, 24 * 120);
  const sets = [{ fast: 5, slow: 20 }, { fast: 10, slow: 40 }];
  const noted = async (account: object) =>
    (await crossValidate(smaCross, candles, sets, { groups: 6, account })).notes;
  const ended = sets.filter((params) =>
    backtest(smaCross, candles, { params, account: { maxDrawdown: 0.1 } })
      .trades.rows.some(({ reason }) => reason === "maxDrawdown")
  );
  assert(ended.length > 0);
  assert.deepEqual(await noted({ maxDrawdown: 0.1 }), [
    `account.maxDrawdown ended all trading of ${ended.length} of 2 sets, which did nothing from then on: ` +
    "groups behind that say nothing of them. Leave it out to compare sets",
  ]);
  assert.deepEqual(await noted({}), []);
});
