import assert from "node:assert/strict";
import type { CcxtExchange } from "../../engine/exchanges/ccxt_exchange.ts";
import { messageOf, patiently } from "../../engine/exchanges/patiently.ts";

class NetworkTrouble extends Error {
  constructor(
    override name: string,
    readonly headers?: Record<string, string>,
    readonly status?: number,
  ) {
    super(`${name} happened`);
  }
}

/** Asks an exchange that fails in these ways, one after the other, and then answers. */
async function waits(failures: readonly NetworkTrouble[], answer = "answer") {
  const slept: number[] = [], left = [...failures], stop = new AbortController();
  const exchange = { id: "okx" } as unknown as CcxtExchange;
  const clock = {
    now: () => Date.UTC(2024, 0, 1),
    monotonic: () => 0,
    sleep: (milliseconds: number) => {
      slept.push(milliseconds);
      return Promise.resolve();
    },
  };
  const ask = () => {
    const failure = left.shift();
    if (!failure) return Promise.resolve(answer);
    exchange.last_response_headers = failure.headers;
    exchange.lastStatus = failure.status;
    return Promise.reject(failure);
  };
  const patience = { clock, random: () => 0.5, signal: stop.signal };
  return { answer: await patiently(exchange, ask, patience), slept };
}

Deno.test("an exchange that is busy or away is asked later and later", async () => {
  const names = ["RequestTimeout", "ExchangeNotAvailable", "DDoSProtection", "NetworkError"];
  const { answer, slept } = await waits(names.map((name) => new NetworkTrouble(name)));
  assert.equal(answer, "answer");
  // 250 ms doubled each time, three quarters of it as chance stands still.
  assert.deepEqual(slept, [187.5, 375, 750, 1_500]);
  const long = await waits(Array.from({ length: 40 }, () => new NetworkTrouble("RequestTimeout")));
  assert.equal(Math.max(...long.slept), 22_500);
});

Deno.test("an exchange that says when to come back is left alone until then", async () => {
  const busy = (text: string) => new NetworkTrouble("RateLimitExceeded", { "Retry-After": text });
  assert.deepEqual((await waits([busy("7"), busy("0")])).slept, [7_000, 375]);
  assert.deepEqual((await waits([busy("Mon, 01 Jan 2024 00:00:05 GMT")])).slept, [5_000]);
  assert.deepEqual((await waits([busy("soon"), busy("-5")])).slept, [187.5, 375]);
  assert.deepEqual((await waits([busy("86400")])).slept, [120_000]);
});

Deno.test("an answer that is none is not asked for forever", async () => {
  const bad = new NetworkTrouble("BadSymbol");
  assert.equal((await waits([bad, bad, bad, bad])).answer, "answer");
  const refused = { name: "RequestRefused", message: "BadSymbol happened" };
  await assert.rejects(waits([bad, bad, bad, bad, bad]), refused);
});

Deno.test("a server that is down is waited for, whatever it says", async () => {
  for (const status of [500, 503, 429]) {
    const down = Array.from({ length: 20 }, () => new NetworkTrouble("ExchangeError", {}, status));
    assert.equal((await waits(down)).answer, "answer");
  }
});

Deno.test("an exchange that may not be reached is not asked again, and the remedy is named", async () => {
  const forbidden = new NetworkTrouble("NetworkError");
  forbidden.message =
    'Requires net access to "api.bybit.com:443", run again with the --allow-net flag';
  await assert.rejects(waits([forbidden]), {
    name: "InputError",
    message: /Cannot reach okx: .* api\.bybit\.com:443\. With LOCKSTEP_NET=--allow-net/,
  });
});

Deno.test("of a long message the request and the cause are told, and not what the address asks for", () => {
  const request = "okx GET https://www.okx.com/api/v5/market/history-candles";
  const cause =
    "fetch failed: client error (Connect): tcp connect error: Connection refused (os error 111)";
  const query = `?instId=BTC-USDT&after=1704067200000&${"before=1704063600000&".repeat(20)}`;
  assert.equal(messageOf(new Error(`${request}${query} ${cause}`)), `${request} ${cause}`);
  const long = messageOf(new Error(`${request} ${"{x} ".repeat(500)}${cause}`));
  assert.ok(long.startsWith(request) && long.endsWith(cause) && long.length < 320, long);
});

/** Asks until `giveUpAfter` on a clock that sleeps move on, each try taking 10 s; nothing ever answers well. */
async function givesUp(failure: (attempt: number) => NetworkTrouble, most: number) {
  let time = 0, attempts = 0;
  const exchange = { id: "okx" } as unknown as CcxtExchange, stop = new AbortController();
  const clock = {
    now: () => time,
    monotonic: () => time,
    sleep: (milliseconds: number) => Promise.resolve(void (time += milliseconds)),
  };
  const ask = () => {
    time += 10_000;
    if (++attempts === most) stop.abort();
    const error = failure(attempts);
    exchange.last_response_headers = error.headers;
    exchange.lastStatus = error.status;
    return Promise.reject(error);
  };
  const patience = { clock, random: () => 1, signal: stop.signal, giveUpAfter: 300_000 };
  const error = await patiently(exchange, ask, patience).catch((error) => error);
  return { error, time, attempts };
}

Deno.test("who is to give up does so after so long without any answer", async () => {
  const { error, time, attempts } = await givesUp(() => new NetworkTrouble("NetworkError"), 100);
  assert.deepEqual([error.name, error.message], ["NoAnswer", "NetworkError happened"]);
  // Tries of 10 s, and ¼ + ½ + 1 + 2 + 4 + 8 + 16 s between the first eight, then 30 s each: the twelfth
  // ends at 31.75 + 4 · 30 + 12 · 10 s, and the thirteenth is the first to end after 300 s.
  assert.deepEqual([attempts, time], [13, 31_750 + 5 * 30_000 + 130_000]);
});

Deno.test("a rate limit is waited for, and whoever answers is not given up", async () => {
  const limit = () => new NetworkTrouble("RateLimitExceeded", { "Retry-After": "600" }, 429);
  assert.equal((await givesUp(limit, 50)).error, undefined);
  const busy = () => new NetworkTrouble("DDoSProtection");
  assert.equal((await givesUp(busy, 50)).error, undefined);
  const down = () => new NetworkTrouble("ExchangeNotAvailable", {}, 503);
  assert.equal((await givesUp(down, 50)).error, undefined);
  // A word now and then, and the wait that it asks for, is no silence.
  const rare = (attempt: number) =>
    attempt % 6 === 0 ? limit() : new NetworkTrouble("NetworkError");
  assert.equal((await givesUp(rare, 50)).error, undefined);
});
