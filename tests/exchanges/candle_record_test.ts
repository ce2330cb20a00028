import assert from "node:assert/strict";
import { type Random, seededRandom } from "../../data/random.ts";
import { CandleRecord } from "../../engine/exchanges/candle_record.ts";
import type { AskCandles } from "../../engine/exchanges/candle_window.ts";
import type { Candle } from "../../engine/market/candles.ts";
import type { Timeframe } from "../../engine/market/timeframe.ts";

const MINUTE = 60_000, HOUR = 60 * MINUTE, DAY = 24 * HOUR, SIZE = 120;
const LENGTHS: Partial<Record<Timeframe, number>> = { "1m": MINUTE, "1h": HOUR, "1d": DAY };
const START = Date.UTC(2024, 0, 1), never = new AbortController().signal;

/** The minutes in which something was traded: stretches of them, with silences of any length between. */
function tradedMinutes(random: Random, from: number, to: number): number[] {
  const opens: number[] = [];
  for (let open = from; open < to;) {
    if (random() < 0.7) opens.push(open);
    const [short, long] = [random() < 0.01, random() < 0.003];
    open += MINUTE * (1 + Math.floor(random() * (long ? 20_000 : short ? 300 : 1)));
  }
  return opens;
}

/** An exchange that leaves silent candles out, and answers at most as much as fits, newest or oldest. */
function exchange(opens: readonly number[], isHushed: () => boolean, isOldestKept: boolean) {
  return (timeframe: Timeframe): AskCandles => {
    const length = LENGTHS[timeframe]!;
    const all = [...new Set(opens.map((open) => Math.floor(open / length) * length))];
    return (from, to) => {
      const rows = all.filter((open) => open >= from && open < to);
      const fit = isOldestKept ? rows.slice(0, SIZE) : rows.slice(-SIZE);
      const page = isHushed() ? [] : fit.map((open): [number, Candle] => {
        const prices = { open: 1, high: 1, low: 1, close: 1, volume: 1, trades: NaN };
        return [open, { time: open + length, ...prices, kind: "backfilled" }];
      });
      return Promise.resolve(new Map(page));
    };
  };
}

/** What is told of [from, to): open times of candles, and through when. */
async function told(asks: (timeframe: Timeframe) => AskCandles, from: number, to: number) {
  const record = new CandleRecord(asks, ["1h", "1d"], "1m", SIZE), opens: number[] = [];
  let through = from;
  for await (const page of record.pages(from, to, never)) {
    assert.ok(page.through > through && page.through <= to);
    for (const { time } of page.candles) {
      assert.ok(time > through && time <= page.through);
      opens.push(time - MINUTE);
    }
    through = page.through;
  }
  return { opens, through };
}

Deno.test("an exchange's whole record is told, silences of any length too", async () => {
  for (let seed = 1; seed <= 12; seed++) {
    const random = seededRandom(seed), to = START + 40 * DAY;
    const opens = tradedMinutes(random, START, to - DAY);
    let asked = 0;
    const asks = exchange(opens, () => (asked++, false), seed % 2 === 0);
    // From a hundred days before there was a market.
    const all = await told(asks, START - 100 * DAY, to);
    assert.deepEqual(all, { opens, through: to }, `seed ${seed}`);
    assert.ok(asked < 300 + opens.length / 5, `${asked} answers for ${opens.length} candles`);
  }
});

Deno.test("nothing that an exchange has is told as silence, whenever it answers with nothing", async () => {
  let whole = 0, stopped = 0;
  for (let seed = 1; seed <= 80; seed++) {
    const random = seededRandom(seed),
      to = START + 4 * DAY,
      opens = tradedMinutes(random, START, to);
    let left = 0;
    const isHushed = () => {
      if (left > 0) return left-- > 0;
      if (random() < 0.05) left = Math.floor(20 * random() ** 3);
      return false;
    };
    const asks = exchange(opens, isHushed, seed % 2 === 0), from = START - DAY;
    const { opens: got, through } = await told(asks, from, to);
    assert.deepEqual(got, opens.filter((open) => open < through), `seed ${seed}`);
    if (through === to) whole++;
    else stopped++;
    // Once it answers again, the rest is had behind what was told.
    const rest = await told(exchange(opens, () => false, true), through, to);
    assert.deepEqual([...got, ...rest.opens], opens);
  }
  assert.ok(whole > 10 && stopped > 10, `${whole} ${stopped}`);
});
