import assert from "node:assert/strict";
import type { Trade } from "../../engine/market/trade.ts";
import {
  builtCandles,
  intervalOf,
  withFlatCandles,
} from "../support/fake_exchange/built_candles.ts";
import {
  plainDecimal,
  scaled,
  unscaled,
  withDecimals,
} from "../support/fake_exchange/plain_decimal.ts";
import { ExchangeTime } from "../support/fake_exchange/exchange_time.ts";
import { marketsOf, printsOf } from "../support/fake_exchange/prints.ts";
import { isBefore } from "../support/fake_exchange/public_record.ts";
import { rateLimiter } from "../support/fake_exchange/rate_limiter.ts";
import { Schedule } from "../support/fake_exchange/schedule.ts";
import { encodeFrame, frameReader, TEXT } from "../support/fake_exchange/web_socket_frames.ts";

Deno.test("decimals are written without exponents and read back as the same number", () => {
  for (const value of [0, 7, 0.1, 1e-7, 1.25e-18, 5e-324, 1e21, 1.5e22, 2 ** 53, 61800.3, 123e-9]) {
    const text = plainDecimal(value);
    assert.match(text, /^\d+(\.\d+)?$/);
    assert.equal(Number(text), value);
  }
  assert.equal(withDecimals(61800.3, 8), "61800.30000000");
  assert.equal(withDecimals(1e-9, 8), "0.000000001");
  assert.equal(unscaled(scaled("0.1") + scaled("0.2")), "0.3");
  assert.equal(unscaled(scaled("12")), "12");
});

Deno.test("ids are ordered as numbers of any length", () => {
  const ids = ["9", "10", "9007199254740992", "9007199254740993", "18446744073709551617"];
  for (let i = 1; i < ids.length; i++) {
    assert.ok(isBefore(ids[i - 1], ids[i]) && !isBefore(ids[i], ids[i - 1]));
  }
});

Deno.test("intervals begin where exchanges begin them", () => {
  const time = Date.UTC(2024, 7, 8, 23, 59, 59, 999), at = (text: string) => Date.parse(text);
  const spans = {
    "1m": ["2024-08-08T23:59Z", "2024-08-09T00:00Z"],
    "4h": ["2024-08-08T20:00Z", "2024-08-09T00:00Z"],
    "1d": ["2024-08-08T00:00Z", "2024-08-09T00:00Z"],
    "1w": ["2024-08-05T00:00Z", "2024-08-12T00:00Z"],
    "1M": ["2024-08-01T00:00Z", "2024-09-01T00:00Z"],
  };
  for (const [timeframe, [open, end]] of Object.entries(spans)) {
    assert.deepEqual(intervalOf(timeframe, time), { open: at(open), end: at(end) });
  }
});

Deno.test("candles are made of trades by hand", () => {
  const trade = (timestamp: number, price: number, amount: number): Trade => {
    return { id: "1", timestamp, price, amount, side: "buy" };
  };
  const trades = [trade(1, 10, 0.1), trade(59_999, 12, 0.2), trade(180_000, 9, 1)];
  const first = { open: 0, end: 60_000, prices: ["10", "12", "10", "12"], volume: "0.3" };
  const flat = (open: number) => {
    const prices = ["12", "12", "12", "12"];
    return { open, end: open + 60_000, prices, volume: "0", turnover: "0", trades: 0 };
  };
  const last = { open: 180_000, end: 240_000, prices: ["9", "9", "9", "9"], volume: "1" };
  const told = [{ ...first, turnover: "3.4", trades: 2 }, { ...last, turnover: "9", trades: 1 }];
  assert.deepEqual(builtCandles(trades, "1m"), told);
  const filled = [told[0], flat(60_000), flat(120_000), told[1]];
  assert.deepEqual(withFlatCandles(builtCandles(trades, "1m"), "1m", 200_000), filled);
});

Deno.test("a print holds fills that follow each other, of one time, price and side", () => {
  const instrument = { exchange: "made", symbol: "BTC/USDT" };
  const fill = (id: number, change: Partial<Trade> = {}) => {
    const trade = { id: `${id}`, timestamp: 5, price: 10, amount: 1, side: "buy" as const };
    return { instrument, trade: { ...trade, ...change }, received: 5 };
  };
  const [price, side, timestamp] = [{ price: 11 }, { side: "sell" as const }, { timestamp: 6 }];
  const early = fill(11, { timestamp: 4 });
  const rows = [
    ...[fill(1), fill(2), fill(4), fill(5, price), fill(6, { ...price, ...side })],
    ...[fill(7, timestamp), fill(8, timestamp), early],
  ];
  const markets = marketsOf([{ symbol: "BTC/USDT" }], rows), prints = printsOf(markets, rows, true);
  const ids = prints.map(({ trades }) => trades.map(({ id }) => id).join());
  assert.deepEqual(ids, ["1,2", "4", "5", "6", "7,8", "11"]);
  assert.deepEqual(prints.map(({ at }) => at), [5, 5, 5, 5, 6, 6]);
  assert.deepEqual(prints.map(({ number }) => number), [1, 2, 3, 4, 5, 6]);
  assert.equal(printsOf(markets, rows, false).length, rows.length);
});

Deno.test("so many requests are allowed, and no more", () => {
  const isAllowed = rateLimiter(3, 1e9);
  assert.deepEqual(Array.from({ length: 5 }, isAllowed), [true, true, true, false, false]);
});

Deno.test("a schedule keeps the order of times, and of adding at the same time", () => {
  const schedule = new Schedule(), order: string[] = [];
  for (const [at, name] of [[5, "c"], [1, "a"], [5, "d"], [3, "b"]] as const) {
    schedule.add(at, () => order.push(name));
  }
  assert.equal(schedule.next, 1);
  while (schedule.next < Infinity) schedule.runNext();
  assert.deepEqual(order, ["a", "b", "c", "d"]);
});

Deno.test("masked frames are read however they are cut", () => {
  const texts = ["ping", "x".repeat(200), "y".repeat(70_000)];
  const bytes = texts.flatMap((
    text,
  ) => [...masked(encodeFrame(TEXT, new TextEncoder().encode(text)))]);
  for (const size of [1, 7, 1_000, bytes.length]) {
    const read = frameReader(), heard: string[] = [];
    for (let at = 0; at < bytes.length; at += size) {
      const frames = read(new Uint8Array(bytes.slice(at, at + size)));
      heard.push(...frames.map(({ payload }) => new TextDecoder().decode(payload)));
    }
    assert.deepEqual(heard, texts);
  }
});

/** A server's frame as a client would send it. */
function masked(frame: Uint8Array): Uint8Array {
  const short = frame[1], head = 2 + (short < 126 ? 0 : short === 126 ? 2 : 8);
  const mask = [1, 2, 3, 4], payload = frame.slice(head).map((byte, i) => byte ^ mask[i & 3]);
  const start = frame.slice(0, head);
  start[1] |= 0x80;
  return new Uint8Array([...start, ...mask, ...payload]);
}

Deno.test("an exchange's clock that is to rest runs up to there and no further", () => {
  const time = new ExchangeTime(0, 1e12, Infinity, 1_000);
  time.run();
  for (const began = performance.now(); performance.now() === began;);
  assert.equal(time.look(), 1_000);
  assert.equal(time.look(), 1_000);
});
