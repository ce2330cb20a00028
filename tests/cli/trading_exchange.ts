import { seededRandom } from "../../data/random.ts";
import type { TapeRow } from "../../engine/market/tape.ts";
import { type FakeExchange, startFakeExchange } from "../support/fake_exchange/fake_exchange.ts";

/** What it sells. */
export const instrument = { exchange: "binance", symbol: "BTC/USDT" };

/** Trades from some seconds before now to some after, a few each second. */
function rowsAround(now: number, before: number, after: number): TapeRow[] {
  const random = seededRandom(7), rows: TapeRow[] = [];
  let price = 60_000;
  for (let at = now - before, id = 1; at < now + after; at += 20 + Math.floor(400 * random())) {
    price = Math.round(price * (1 + 0.002 * (random() - 0.5)) * 10) / 10;
    const amount = (1 + Math.floor(1e6 * random())) / 1e8, side = random() < 0.5 ? "buy" : "sell";
    const trade = { id: `${id++}`, timestamp: Math.floor(at), price, amount, side } as const;
    rows.push({ instrument, trade, received: Math.floor(at) });
  }
  return rows;
}

/** A Binance that has traded for a minute already and goes on in real time. */
export async function tradingExchange(after: number): Promise<FakeExchange> {
  const exchange = await startFakeExchange({
    dialect: "binance",
    instruments: [{ symbol: instrument.symbol }],
    trades: rowsAround(Date.now(), 60_000, after),
    pace: "stepped",
  });
  const step = () => exchange.advance(Date.now() - exchange.now());
  step();
  const timer = setInterval(step, 5);
  return { ...exchange, stop: () => (clearInterval(timer), exchange.stop()) };
}

/** Writes a config that decides each second, and gives its path. */
export async function quickConfig(folder: string, name = "quick"): Promise<string> {
  const text = JSON.parse(await Deno.readTextFile("strategies/ema_cross_1m.json"));
  const market = { ...text.market, exchange: "binance", symbol: "BTC/USDT", timeframe: "1s" };
  const params = { ...text.strategy.params, fast: 2, slow: 4 };
  const path = `${folder}/${name}.json`;
  const made = { ...text, name, market, strategy: { ...text.strategy, params } };
  await Deno.writeTextFile(path, JSON.stringify(made));
  return path;
}

/** What tells `live` where the exchange is. */
export async function exchangeFlags(folder: string, { urls }: FakeExchange): Promise<string[]> {
  const path = `${folder}/exchanges.json`;
  await Deno.writeTextFile(path, JSON.stringify({ binance: { urls, apiKey: "none" } }));
  return ["--exchange-options", path, "--warm-up", "30", "--keep-trades", "1"];
}
