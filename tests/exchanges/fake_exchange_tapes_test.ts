import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import type { TapeRow } from "../../engine/market/tape.ts";
import { instrumentKey } from "../../engine/market/trade.ts";
import type { FakeInstrument } from "../support/fake_exchange/prints.ts";
import type { Heard } from "../support/fake_exchange/raw_client.ts";
import { tapeRows } from "../support/fake_exchange/tape_rows.ts";
import { ALL, ROWS, withClient } from "../support/fake_exchange/with_client.ts";
import { sharedPath, sharedTest } from "../support/shared.ts";

const SAMPLE = fileURLToPath(new URL("../../data/sample_tape.csv.gz", import.meta.url));

/** One symbol for each instrument of the tape of six. */
const SIX: readonly FakeInstrument[] = [
  { symbol: "BTC/USDT", tape: { exchange: "binance_spot", symbol: "BTCUSDT" } },
  { symbol: "ETH/USDT", tape: { exchange: "binance_spot", symbol: "ETHUSDT" } },
  { symbol: "BTC/USDC", tape: { exchange: "binance_um", symbol: "BTCUSDT" } },
  { symbol: "ETH/USDC", tape: { exchange: "binance_um", symbol: "ETHUSDT" } },
  { symbol: "BTC/USD", tape: { exchange: "binance_cm", symbol: "BTCUSD_PERP" } },
  { symbol: "ETH/USD", tape: { exchange: "binance_cm", symbol: "ETHUSD_PERP" } },
];

/** The ids of the fills in a trade as OKX pushes it: `count` of them, up to its own. */
function fillsOf({ symbol, id, info }: Heard): string[] {
  const count = Number(info.count);
  return Array.from({ length: count }, (_, i) => `${symbol} ${Number(id) - count + 1 + i}`);
}

async function hearsAll(
  rows: readonly TapeRow[],
  instruments: readonly FakeInstrument[],
  nameOf: (row: TapeRow) => string,
): Promise<void> {
  await withClient("okx", async ({ heard, until }, exchange) => {
    exchange.advance(100 * ALL);
    await exchange.finished;
    const expected = rows.map((row) => `${nameOf(row)} ${row.trade.id}`);
    await until(() => heard.reduce((sum, { info }) => sum + Number(info.count), 0) >= rows.length);
    assert.deepEqual(heard.flatMap(fillsOf).sort(), expected.sort());
    assert.equal(exchange.served.length, rows.length);
    assert.ok(exchange.served.every(({ trade, at }) => trade.timestamp <= at));
  }, { trades: rows, instruments });
}

Deno.test("raw ccxt hears every fill of the sample tape once", async () => {
  const rows = await tapeRows(SAMPLE);
  assert.equal(rows.length, 17_425);
  await hearsAll(rows, [{ symbol: "BTC/USDT" }], () => "BTC/USDT");
});

sharedTest("raw ccxt hears every fill of six instruments once", async () => {
  const rows = await tapeRows(sharedPath("data/trades_binance_all6_recv_order_20240808.csv.gz"));
  assert.equal(rows.length, 78_638);
  const names = new Map(SIX.map(({ symbol, tape }) => [instrumentKey(tape!), symbol]));
  await hearsAll(rows, SIX, ({ instrument }) => names.get(instrumentKey(instrument))!);
});

Deno.test("a clock that runs makes the whole tape public by itself", () =>
  withClient("binance", async ({ heard, until }, exchange) => {
    await exchange.finished;
    await until(() => heard.length === ROWS.length);
    const inOrder = exchange.served.every(({ at }, i, all) => i === 0 || all[i - 1].at <= at);
    assert.ok(inOrder && exchange.now() >= ROWS.at(-1)!.trade.timestamp);
  }, { pace: 500 }));
