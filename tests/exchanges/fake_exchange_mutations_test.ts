import assert from "node:assert/strict";
import { seededRandom } from "../../data/random.ts";
import { rawTrade } from "../support/fake_exchange/bad_trades.ts";
import { binance } from "../support/fake_exchange/binance.ts";
import { coinbase } from "../support/fake_exchange/coinbase.ts";
import { kraken } from "../support/fake_exchange/kraken.ts";
import { madeRows } from "../support/fake_exchange/made_rows.ts";
import { mutateFrame } from "../support/fake_exchange/mutate_frame.ts";
import { okx } from "../support/fake_exchange/okx.ts";

/** Where each dialect has the parts of its one trade: id, price, amount, time, side, symbol. */
const PLACES = {
  okx: [okx, "data.0", ["tradeId", "px", "sz", "ts", "side", "instId"]],
  binance: [binance, "", ["t", "p", "q", "T", "m", "s"]],
  coinbase: [coinbase, "events.0.trades.0", [
    "trade_id",
    "price",
    "size",
    "time",
    "side",
    "product_id",
  ]],
  kraken: [kraken, "data.0", ["trade_id", "price", "qty", "timestamp", "side", "symbol"]],
} as const;

/** The parts of the trade in a frame, wherever it still has some. */
function partsIn(text: string, path: string, names: readonly string[]): unknown[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  for (const key of path === "" ? [] : path.split(".")) value = (value as never)?.[key];
  return names.map((name) => (value as never)?.[name]);
}

for (const [name, [dialect, path, names]] of Object.entries(PLACES)) {
  Deno.test(`no mutated frame of ${name} holds another whole trade`, () => {
    const random = seededRandom(20_240_808), { trade } = madeRows(1)[0];
    const frame = dialect.rawFrame(rawTrade("BTC/USDT", trade)),
      right = partsIn(frame, path, names)!;
    const seen = { bytes: 0, noJson: 0, same: 0, other: 0 };
    for (let i = 0; i < 10_000; i++) {
      const mutated = mutateFrame(random, frame);
      const text = typeof mutated === "string" ? mutated : new TextDecoder().decode(mutated);
      assert.notEqual(text, frame);
      const parts = partsIn(text, path, names);
      if (typeof mutated !== "string") {
        assert.throws(() => new TextDecoder("utf-8", { fatal: true }).decode(mutated));
        seen.bytes++;
      } else if (!parts) {
        seen.noJson++;
      } else if (parts.every((part, i) => part === right[i])) {
        seen.same++;
      } else {
        assert.ok(!isWhole(parts), text);
        seen.other++;
      }
    }
    assert.ok(isWhole(right));
    const { bytes, noJson, same, other } = seen;
    assert.ok(bytes > 400 && noJson > 3_000 && other > 3_000 && same < 2_000, JSON.stringify(seen));
  });
}

const POSITIVE = /^(?!0*\.?0*$)\d+(\.\d+)?$/;

/** Whether each part in turn (id, price, amount, time, side, symbol) could be one of a trade. */
const COULD_BE: readonly ((part: string) => boolean)[] = [
  (id) => id !== "",
  (price) => POSITIVE.test(price),
  (amount) => POSITIVE.test(amount),
  (time) => POSITIVE.test(time) || !Number.isNaN(Date.parse(time)) && Date.parse(time) > 1e12,
  (side) => /^(buy|sell|true|false)$/i.test(side),
  (symbol) => /^BTC.?USDT$/.test(symbol),
];

function isWhole(parts: readonly unknown[]): boolean {
  return parts.every((part, i) => {
    const isText = typeof part === "string" || typeof part === "number";
    return (isText || i === 4 && typeof part === "boolean") && COULD_BE[i](String(part));
  });
}

Deno.test("mutations are the same for the same seed", () => {
  const frames = [1, 1, 2].map((seed) => {
    const random = seededRandom(seed), frame = '{"data":[{"px":"1","sz":"2"}]}';
    return Array.from({ length: 50 }, () => mutateFrame(random, frame));
  });
  assert.deepEqual(frames[0], frames[1]);
  assert.notDeepEqual(frames[0], frames[2]);
});
