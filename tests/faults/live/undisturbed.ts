import { openStore } from "../../../engine/storage/postgres/store.ts";
import { baseMarket } from "../../../engine/market/base_market.ts";
import { assertSameRun } from "../../laws/parity_law.ts";
import type { Tables } from "../../laws/parity_tables.ts";
import { type ExpectedCandle, expectedCandles, isSame } from "../expected_candles.ts";
import { liveRun, type LiveRunOptions } from "./live_run.ts";
import { instrumentsOf, type Piece } from "./played_market.ts";

/**
 * What a run leaves to which nothing happens. It is measured by two others: its candles by those that the
 * trades make added up the plain way, its bots by backtests over these candles. Throws what differs.
 */
export async function undisturbed(
  options: Omit<LiveRunOptions, "seed" | "expected">,
): Promise<Tables> {
  const { tables, stuck, failures } = await liveRun({ ...options, seed: 0 });
  if (stuck || failures.length > 0) {
    throw new Error(`The undisturbed run went wrong: ${failures.join("; ") || "it is stuck"}`);
  }
  const { place: { database }, piece, kind: { dialect } } = options;
  const store = await openStore(database);
  try {
    for (const { symbol, tape } of instrumentsOf(piece.rows)) {
      const key = { exchange: dialect, symbol, timeframe: "1s" as const };
      const stored = (await store.marketData.candles(key, { after: piece.begin })).rows();
      const expected = plainCandles(piece, tape), first = stored[0]?.time;
      // An exchange without candles of one second is heard from the next whole one on.
      const heard = first === expected[1].time ? expected.slice(1) : expected;
      assertPlain(stored as ExpectedCandle[], heard, symbol);
    }
    for (const bot of await store.bots.list()) {
      const { anchor: after, front } = bot.run, market = baseMarket(bot.config.market);
      await assertSameRun(store, bot, await store.marketData.candles(market, { after, front }));
    }
  } finally {
    await store.close();
  }
  return tables;
}

/** The candles of one second that the bots trade on, from the trades alone. */
function plainCandles({ rows, begin, end }: Piece, tape: Piece["rows"][number]["instrument"]) {
  const own = rows.filter(({ instrument }) =>
    instrument.exchange === tape.exchange && instrument.symbol === tape.symbol
  );
  return expectedCandles(own.map(({ trade }) => trade), "1s", end).filter(({ time }) =>
    time > begin
  );
}

function assertPlain(
  stored: readonly ExpectedCandle[],
  expected: readonly ExpectedCandle[],
  symbol: string,
): void {
  const wrong = expected.find((candle, i) => !stored[i] || !isSame(candle, stored[i]));
  if (!wrong && stored.length === expected.length) return;
  const own = stored.find(({ time }) => time === wrong?.time);
  throw new Error(
    `The undisturbed run has other candles of ${symbol} (${stored.length}, not ${expected.length}): ` +
      `${JSON.stringify(own)}, which should be ${JSON.stringify(wrong)}`,
  );
}
