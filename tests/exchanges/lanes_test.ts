import assert from "node:assert/strict";
import { seededRandom } from "../../data/random.ts";
import { CountedLane } from "../../engine/exchanges/counted_lane.ts";
import { fillById } from "../../engine/exchanges/fill_by_id.ts";
import { fillByTime } from "../../engine/exchanges/fill_by_time.ts";
import { fillLoose } from "../../engine/exchanges/fill_loose.ts";
import type { FillTools } from "../../engine/exchanges/fill_tools.ts";
import { askForKept } from "../../engine/exchanges/kept_trades.ts";
import type { Lane, LaneOutput } from "../../engine/exchanges/lane.ts";
import { LooseLane } from "../../engine/exchanges/loose_lane.ts";
import { market, pagesOf, recorder, toolsOf } from "./made_market.ts";

/** A way of fetching, and the lane for it. */
interface Way {
  name: string;
  first: bigint | undefined;
  kind: { isById: boolean; oldestFirst: boolean };
  lane(output: LaneOutput, since: number | undefined): Lane;
  fill(lane: Lane, tools: FillTools): Promise<void>;
}

const counted = (output: LaneOutput, since: number | undefined) => new CountedLane(output, since);
const loose = (output: LaneOutput, since: number | undefined) => new LooseLane(output, since);

const WAYS: readonly Way[] = [
  {
    ...{ name: "by id", first: 1_000n, kind: { isById: true, oldestFirst: true }, lane: counted },
    fill: (lane, tools) => fillById(lane as CountedLane, tools),
  },
  {
    ...{ name: "by ids past 2^53", kind: { isById: true, oldestFirst: true }, lane: counted },
    ...{ first: 2n ** 53n - 40n, fill: (lane, tools) => fillById(lane as CountedLane, tools) },
  },
  {
    ...{ name: "by time, oldest first, counted", first: 999_999_999_999_950n, lane: counted },
    kind: { isById: false, oldestFirst: true },
    fill: (lane, tools) => fillByTime(lane as CountedLane, tools),
  },
  {
    ...{ name: "by time, newest first, counted", first: 5n, lane: counted },
    kind: { isById: false, oldestFirst: false },
    fill: (lane, tools) => fillByTime(lane as CountedLane, tools),
  },
  {
    ...{ name: "by time, oldest first", first: undefined, lane: loose },
    kind: { isById: false, oldestFirst: true },
    fill: (lane, tools) => fillLoose(lane as LooseLane, tools),
  },
  {
    ...{ name: "by time, newest first", first: undefined, lane: loose },
    kind: { isById: false, oldestFirst: false },
    fill: (lane, tools) => fillLoose(lane as LooseLane, tools),
  },
];

/** Streams a market in pieces, some of which nobody hears, and has the lane fetch those. */
async function stream(way: Way, seed: number, faulty: boolean) {
  const random = seededRandom(seed), all = market(random, 150, way.first), output = recorder();
  let reached = 0;
  const lane = way.lane(output, undefined);
  // The first of its millisecond: the time at which it begins tells no more.
  const begun = all.findIndex(({ trade: { timestamp } }, i) => {
    return i > 2 && timestamp > all[i - 1].trade.timestamp;
  });
  const pages = pagesOf(() => all.slice(0, reached), random, { ...way.kind, faulty });
  const tools = toolsOf(pages, random);
  const hear = (count: number) => {
    for (let i = 0; i < count && reached < all.length; i++) lane.take(all[reached++]);
  };
  reached = begun;
  lane.begin(all[begun].trade.timestamp);
  hear(1 + Math.floor(20 * random()));
  while (reached < all.length) {
    lane.interrupt(random() < 0.5);
    reached = Math.min(all.length, reached + Math.floor(40 * random()));
    lane.begin(all[Math.min(reached, all.length - 1)].trade.timestamp);
    // Some come before anything is fetched, and are held.
    if (random() < 0.7) hear(Math.floor(10 * random()));
    if (!lane.isComplete) await way.fill(lane, tools);
    hear(Math.floor(15 * random()));
    if (!lane.isComplete) await way.fill(lane, tools);
  }
  lane.interrupt(true);
  await way.fill(lane, tools);
  return { wanted: all.slice(begun).map(({ trade }) => trade.id), output, lane };
}

for (const way of WAYS) {
  Deno.test(`missed trades are fetched ${way.name}: each once, in order`, async () => {
    for (let seed = 1; seed <= 150; seed++) {
      const { wanted, output, lane } = await stream(way, seed, false);
      assert.deepEqual(output.passed, wanted, `seed ${seed}`);
      assert.deepEqual(output.spans, [], `seed ${seed}`);
      assert.ok(lane.isComplete);
    }
  });

  Deno.test(`trades are had ${way.name} from the time on that is asked for`, async () => {
    for (let seed = 1; seed <= 60; seed++) {
      const random = seededRandom(seed), all = market(random, 150, way.first);
      // From the market's very first trade on, nobody can tell that there was none before.
      const since = all[10 + Math.floor(130 * random())].trade.timestamp, output = recorder();
      let reached = 145;
      const lane = way.lane(output, since);
      const pages = pagesOf(() => all.slice(0, reached), random, { ...way.kind, faulty: false });
      lane.begin(all[reached].trade.timestamp);
      if (seed % 2) lane.take(all[reached++]);
      await way.fill(lane, toolsOf(pages, random));
      for (; reached < all.length; reached++) lane.take(all[reached]);
      if (!lane.isComplete) await way.fill(lane, toolsOf(pages, random));
      const wanted = all.filter(({ trade }) => trade.timestamp >= since).map(({ trade }) =>
        trade.id
      );
      assert.deepEqual(output.passed.slice(-wanted.length), wanted, `seed ${seed}`);
      assert.deepEqual(output.spans, [], `seed ${seed}`);
    }
  });
}

for (const way of WAYS.filter(({ first }) => first !== undefined)) {
  Deno.test(`trades that are counted are all had ${way.name}, however pages are spoilt`, async () => {
    for (let seed = 1; seed <= 150; seed++) {
      const { wanted, output } = await stream(way, seed, true);
      assert.deepEqual(output.passed, wanted, `seed ${seed}`);
      assert.deepEqual(output.spans, [], `seed ${seed}`);
    }
  });
}

Deno.test("a joined trade that overlaps what was fetched is not counted twice", async () => {
  const random = seededRandom(1), all = market(random, 10, 1n), output = recorder();
  const lane = new CountedLane(output, undefined);
  lane.take(all[0]);
  lane.interrupt(true);
  let reached = 3;
  const pages = pagesOf(() => all.slice(0, reached), random, {
    ...{ isById: true, oldestFirst: true, faulty: false },
  });
  await fillById(lane, toolsOf(pages, random));
  assert.deepEqual(output.passed, ["1", "2", "3"]);
  // 2 to 5 as one, of which 2 and 3 were fetched singly.
  lane.take({ ...all[4], fills: 4 });
  assert.ok(!lane.isComplete);
  reached = 5;
  await fillById(lane, toolsOf(pages, random));
  assert.deepEqual(output.passed, ["1", "2", "3", "4", "5"]);
  lane.take({ ...all[7], fills: 3 });
  assert.deepEqual(output.passed.slice(5), ["8"]);
});

Deno.test("a joined trade that comes late is had once, from the stream or singly", async () => {
  for (const isStreamFirst of [true, false]) {
    const random = seededRandom(1), all = market(random, 10, 1n), output = recorder();
    const lane = new CountedLane(output, undefined);
    lane.take(all[0]);
    // 2 to 4 are kept back by the exchange, for longer than anyone waits.
    lane.take(all[4]);
    const kept = [all[0], all[4]],
      pages = pagesOf(() => kept, random, {
        ...{ isById: true, oldestFirst: true, faulty: false },
      });
    const tools = toolsOf(pages, random);
    await fillById(lane, tools);
    const span = [all[0].trade.timestamp, all[4].trade.timestamp + 1];
    assert.deepEqual([output.passed, output.spans, output.again], [["1", "5"], [span], []]);
    kept.splice(1, 0, ...all.slice(1, 4));
    const joined = { ...all[3], fills: 3 };
    if (isStreamFirst) lane.take(joined);
    await askForKept(lane, tools);
    if (!isStreamFirst) lane.take(joined);
    assert.deepEqual(output.passed.slice(2), isStreamFirst ? ["4"] : ["2", "3", "4"]);
    assert.deepEqual([output.spans, output.again], [[span], [span]]);
  }
});

Deno.test("a hole that ids show is told, though the stream was whole and nothing fills it", async () => {
  for (const isById of [true, false]) {
    const random = seededRandom(2), all = market(random, 60, 1n), output = recorder();
    const lane = new CountedLane(output, undefined);
    lane.begin(all[0].trade.timestamp);
    for (const arrival of all.slice(0, 30)) lane.take(arrival);
    // The stream says 30 and then 35; REST has forgotten what lies between.
    const known = [...all.slice(0, 30), ...all.slice(34)];
    for (const arrival of all.slice(34)) lane.take(arrival);
    assert.ok(!lane.isComplete);
    const tools = toolsOf(
      pagesOf(() => known, random, { isById, oldestFirst: true, faulty: false }),
      random,
    );
    await (isById ? fillById : fillByTime)(lane, tools);
    const ids = known.map(({ trade }) => trade.id),
      [before, behind] = [all[29].trade, all[34].trade];
    assert.deepEqual(output.passed, ids);
    assert.deepEqual(output.spans, [[before.timestamp, behind.timestamp + 1]]);
    assert.deepEqual(output.again, []);
  }
});
