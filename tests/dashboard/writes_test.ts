/** Requests that would change something: from elsewhere, too large, too deep or too slow. */
import assert from "node:assert/strict";
import { bareBot } from "../storage/bare_bot.ts";
import { ask, sendRaw, type Served, withDashboard } from "./with_dashboard.ts";

const BOT = { market: { exchange: "okx", symbol: "X/Y", timeframe: "1m" } };

/** What a page of ours would send, but for what is changed. */
async function post({ url }: Served, headers: Record<string, string>, body: string, path = "/a") {
  const { csrf } = JSON.parse((await ask(`${url}/api/session`)).text);
  const usual = { "content-type": "application/json", "x-csrf-token": csrf, origin: url };
  const init = { method: "POST", headers: { ...usual, ...headers }, body };
  return await ask(`${url}/api/bots${path}/ask`, init);
}

Deno.test("a bot is stopped by a page of ours, and by nobody else", () =>
  withDashboard(async (served) => {
    const { store, logs } = served, stop = '{"wish":"stop"}', deep = "[".repeat(9) + "]".repeat(9);
    const before = await store.bots.create(bareBot("a", BOT));
    const bad: [Record<string, string>, string, number, RegExp][] = [
      [{ origin: "https://evil.example" }, stop, 403, /Only pages of this server/],
      [{ origin: "null" }, stop, 403, /Only pages of this server/],
      [{ "sec-fetch-site": "cross-site" }, stop, 403, /Only pages of this server/],
      [{ "sec-fetch-site": "same-site" }, stop, 403, /Only pages of this server/],
      [{ "x-csrf-token": "guess" }, stop, 403, /Load the page again/],
      [{ "content-type": "text/plain" }, stop, 415, /must be JSON/],
      [{ "content-type": "application/x-www-form-urlencoded" }, "wish=stop", 415, /must be JSON/],
      [{}, `{"wish":"stop","reason":"${"x".repeat(5_000)}"}`, 413, /more than 4096 bytes/],
      [{}, `{"wish":"stop","reason":"${"x".repeat(201)}"}`, 400, /reason/],
      [{}, '{"wish":"stop","reason":"a\\nb"}', 400, /control characters/],
      [{}, `{"wish":${deep}}`, 400, /more than 8 deep/],
      [{}, "[".repeat(4_000), 400, /more than 8 deep/],
      [{}, '{"wish":"stop"', 400, /no JSON/],
      [{}, '{"wish":"dance"}', 400, /wish/],
      [{}, '{"wish":"stop","__proto__":{"a":1}}', 400, /proto/],
      [{}, '{"wish":"stop","more":1}', 400, /more/],
      [{}, "null", 400, /body/],
    ];
    for (const [headers, body, status, told] of bad) {
      const answer = await post(served, headers, body);
      assert.equal(answer.status, status, `${JSON.stringify(headers)} ${body}: ${answer.text}`);
      assert.match(answer.text, told);
    }
    const nobody = await post(served, {}, stop, "/a';%20drop%20table%20bots;--");
    assert.equal(nobody.status, 404);
    assert.equal(logs.length, bad.length + 1, logs.join("\n"));
    assert.deepEqual([await store.bots.list(), await store.wishes.open()], [[before], []]);

    await store.bots.claim("a", { owner: "me", leaseMs: 60_000, starts: true });
    const { status, text } = await post(served, {}, '{"wish":"stop","reason":"it is late"}');
    assert.equal(status, 200, text);
    const { status: now, reason } = (await store.bots.find("a"))!;
    assert.deepEqual([now, reason], ["stopped", "asked by dashboard: it is late"]);
  }));

Deno.test("who sends half a request is let go in time", () =>
  withDashboard(
    async ({ dashboard: { port }, url, logs }) => {
      const headers =
        "POST /api/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n";
      const half = [
        `GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: b\r\n`,
        `${headers}Content-Length: 9\r\n\r\n{`,
      ];
      // Others are answered meanwhile.
      const answers = Promise.all(half.map((text) => sendRaw(port, text)));
      assert.equal((await ask(`${url}/api/session`)).status, 200);
      for (const answer of await answers) assert.match(answer, /^HTTP\/1.1 4\d\d /);
      assert.ok(
        logs.length >= 2 && logs.every((told) => /refused .*4\d\d/.test(told)),
        logs.join("\n"),
      );
    },
    {},
    { headersTimeout: 300, requestTimeout: 500, connectionsCheckingInterval: 50 },
  ));
