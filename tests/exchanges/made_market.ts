import type { Random } from "../../data/random.ts";
import type { FillTools } from "../../engine/exchanges/fill_tools.ts";
import type { LaneOutput } from "../../engine/exchanges/lane.ts";
import type { Arrival } from "../../engine/exchanges/read_trade.ts";
import { idNumber } from "../../engine/exchanges/trade_ids.ts";
import type { TradePages } from "../../engine/exchanges/trade_pages.ts";

const NINE = Date.UTC(2024, 7, 8, 9), SIZE = 10;

/** A market's trades; many share a millisecond. Ids count from `first`, or tell nothing. */
export function market(random: Random, count: number, first: bigint | undefined): Arrival[] {
  let timestamp = NINE;
  return Array.from({ length: count }, (_, i) => {
    timestamp += random() < 0.3 ? 0 : Math.floor(800 * random());
    const id = first === undefined
      ? `${(i * 7919) % 10_007}-${Math.floor(1e9 * random()).toString(16)}`
      : `${first + BigInt(i)}`;
    const trade = { id, timestamp, price: 1 + i, amount: 1, side: "buy" as const };
    return { trade, fills: 1, received: timestamp };
  });
}

/** What is passed, what is told as lost, and what of that was found again. */
export function recorder(): LaneOutput & {
  passed: string[];
  spans: [number, number][];
  again: [number, number][];
} {
  const passed: string[] = [], spans: [number, number][] = [], again: [number, number][] = [];
  return {
    ...{ passed, spans, again },
    found: (from, to) => again.push([from, to]),
    pass: ({ trade }) => passed.push(trade.id),
    lost: (from, to) => spans.push([from, to]),
  };
}

/** REST over the first `reached` trades; some pages are empty, or cut at the end given by `cutOldest`. */
export function pagesOf(
  known: () => readonly Arrival[],
  random: Random,
  kind: { isById: boolean; oldestFirst: boolean; faulty: boolean; step?: number },
): TradePages {
  const spoilt = (page: Arrival[]) => {
    if (!kind.faulty || random() < 0.7) return page;
    return random() < 0.3 ? [] : page.slice(0, Math.ceil(page.length * random()));
  };
  const few = (page: Arrival[], oldestFirst: boolean) =>
    oldestFirst ? page.slice(0, SIZE) : page.slice(-SIZE);
  const { step = 1 } = kind;
  return {
    ...{ size: SIZE, isById: kind.isById, oldestFirst: kind.oldestFirst, step },
    byId: (from) => {
      const all = known();
      const page = from === undefined
        ? few([...all], false)
        : few(all.filter(({ trade }) => idNumber(trade.id)! >= from), true);
      return Promise.resolve(spoilt(page));
    },
    byTime: (since = -Infinity, until = Infinity) => {
      const page = known().filter(({ trade }) =>
        trade.timestamp >= Math.floor(since / step) * step &&
        trade.timestamp <= Math.floor((until + (step === 1 ? 0 : step)) / step) * step
      );
      return Promise.resolve(spoilt(few(page, kind.oldestFirst && since > -Infinity)));
    },
  };
}

/** What fetching takes, where waiting takes no time. */
export function toolsOf(pages: TradePages, random: Random): FillTools {
  const { signal } = new AbortController();
  const clock = { now: () => 0, monotonic: () => 0, sleep: () => Promise.resolve() };
  const patience = { clock, random, signal };
  return {
    pages,
    patience,
    signal,
    room: () => Promise.resolve(),
    mostPages: 500,
    tries: 40,
    mostHeld: 1_000,
  };
}
