import type { Candle } from "../../engine/market/candles.ts";
import type { Timeframe } from "../../engine/market/timeframe.ts";
import type { MarketKey, Store } from "../../engine/ports/store.ts";
import type { FakeExchange } from "../support/fake_exchange/fake_exchange.ts";
import { compareTrades } from "./compare_trades.ts";
import { type ExpectedCandle, expectedCandles, isSame } from "./expected_candles.ts";
import type { NaiveDecisions, NaiveMarket } from "./naive_decisions.ts";

/** The candles that are collected, and compared. */
export const TIMEFRAMES: readonly Timeframe[] = ["1s", "1m"];

/** How what is stored compares with what was served. */
export interface Compared {
  served: number;
  /** Counted from the stored trades. */
  stored: number;
  lost: number;
  duplicated: number;
  /** Candles compared: by their latest revision with what was served, as decided with what had come. */
  compared: number;
  /** How many of them, or of the stored trades, differ; or are there and should not be. */
  different: number;
  /** Candles of which the latest revision is not what was decided. */
  revised: number;
}

/** Compares all trades and candles that a store has of a fake exchange with what that served. */
export async function compareStored(
  { served }: Pick<FakeExchange, "served">,
  store: Store,
  exchange: string,
  instruments: readonly { symbol: string }[],
  decisions: NaiveDecisions,
  tell: (message: string) => void = () => {},
): Promise<Compared> {
  const sums: Compared = {
    ...{ served: served.length, stored: 0, lost: 0, duplicated: 0 },
    ...{ compared: 0, different: 0, revised: 0 },
  };
  const add = (more: Partial<Compared>) => {
    for (const name of Object.keys(more) as (keyof Compared)[]) sums[name] += more[name]!;
  };
  for (const { symbol } of instruments) {
    const own = served.filter((one) => one.symbol === symbol), instrument = { exchange, symbol };
    add(compareTrades(own, await store.rawTrades.between(instrument, "trade", 0, 8e12)));
    const trades = own.map(({ trade }) => trade), naive = decisions.of(symbol);
    for (const timeframe of TIMEFRAMES) {
      const { decided, latest } = await bothOf(store, { ...instrument, timeframe });
      // Silence behind the last trade has candles, too.
      const until = Math.max(own.at(-1)!.trade.timestamp, latest.at(-1)?.time ?? 0);
      const expected = expectedCandles(trades, timeframe, until);
      const say = (what: string) => tell(`${symbol} ${timeframe} ${what}`);
      add({ compared: expected.length, different: differences(expected, latest, say) });
      add(decisionsOf(naive, timeframe, decided, (what) => say(`as decided ${what}`)));
      const last = new Map(latest.map((candle) => [candle.time, candle]));
      add({
        revised: decided.filter((one) =>
          !isSame(one as ExpectedCandle, last.get(one.time)!)
        ).length,
      });
    }
  }
  return sums;
}

async function bothOf(store: Store, key: MarketKey) {
  const [decided, latest] = await Promise.all(
    (["decided", "latest"] as const).map(async (revision) =>
      (await store.marketData.candles(key, { revision })).rows()
    ),
  );
  return { decided, latest };
}

/** How many of the expected candles are stored otherwise, or not, and how many others are. */
function differences(
  expected: readonly ExpectedCandle[],
  stored: readonly Candle[],
  say: (what: string) => void,
): number {
  const byTime = new Map(stored.map((candle) => [candle.time, candle]));
  const wrong = expected.filter((one) => {
    const candle = byTime.get(one.time);
    return !candle || !isSame(one, candle);
  });
  const times = new Set(expected.map(({ time }) => time));
  const more = stored.filter(({ time }) => !times.has(time));
  for (const one of wrong) {
    say(`should be ${JSON.stringify(one)}, is ${JSON.stringify(byTime.get(one.time))}`);
  }
  for (const one of more) say(`should not be, is ${JSON.stringify(one)}`);
  return wrong.length + more.length;
}

/** Holds what was decided to what had come by then; time that was told as lost is nobody's decision. */
function decisionsOf(
  naive: NaiveMarket,
  timeframe: Timeframe,
  decided: readonly Candle[],
  say: (what: string) => void,
): Pick<Compared, "compared" | "different"> {
  const newest = decided.at(-1)?.time ?? -Infinity;
  const wanted = timeframe === "1s" ? naive.seconds : naive.minutes();
  const isUnsure = (time: number) => {
    if (timeframe === "1s") return naive.unsure.has(time);
    return Array.from({ length: 60 }, (_, i) => time - 1_000 * i).some((one) =>
      naive.unsure.has(one)
    );
  };
  const expected = [...wanted.values()].filter(({ time }) => time <= newest && !isUnsure(time));
  const stored = decided.filter(({ time }) => !isUnsure(time));
  return { compared: expected.length, different: differences(expected, stored, say) };
}
