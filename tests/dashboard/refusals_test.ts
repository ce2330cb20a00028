/** Requests that a page or a program of ours would never send: each refused, logged, nothing changed. */
import assert from "node:assert/strict";
import { bareBot } from "../storage/bare_bot.ts";
import { ask, sendRaw, type Served, withDashboard } from "./with_dashboard.ts";

/** The bots as they are stored; what is refused must leave them so. */
const CONFIG = {
  strategy: { name: "cross" },
  market: { exchange: "okx", symbol: "BTC/USDT", timeframe: "1m" },
  account: { balance: 1_000 },
};

/** The end of the year 9999: PostgreSQL reads no later times of those that a `Date` writes. */
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** Runs `test` with a bot "a"; at the end it must be as it was, and each refusal have been told. */
async function unchanged(test: (served: Served) => Promise<number>): Promise<void> {
  await withDashboard(async (served) => {
    const { store, logs } = served, before = await store.bots.create(bareBot("a", CONFIG));
    const refusals = await test(served);
    assert.deepEqual(await store.bots.list(), [before]);
    assert.equal(logs.length, refusals, logs.join("\n"));
    for (const told of logs) assert.match(told, /^dashboard: refused .*4\d\d, /);
  });
}

Deno.test("what the address asks for in vain is refused with a reason", () =>
  unchanged(async ({ url }) => {
    const bad: [string, number, RegExp][] = [
      ["/api/bots/a/trades?limit=-1", 400, /limit must be a whole number from 1 to 500.*-1/],
      ["/api/bots/a/trades?limit=0", 400, /from 1 to 500/],
      ["/api/bots/a/trades?limit=1e9", 400, /from 1 to 500/],
      ["/api/bots/a/trades?limit=5&limit=6", 400, /more than once/],
      ["/api/bots/a/trades?before=99999999999", 400, /before must be/],
      ["/api/bots/a/trades?limit=5;drop%20table%20bots", 400, /limit must be/],
      ["/api/bots/a/signals?before=9e99", 400, /before must be/],
      ...["candles?before", "candles?after", "equity?after", "marks?after", "signals?before"].map((
        asked,
      ): [string, number, RegExp] => [
        `/api/bots/a/${asked}=${LAST + 1}`,
        400,
        /must be a whole number from 0 to 253402300799999/,
      ]),
      ["/api/bots/a/candles?sideways=1", 400, /no parameter .*sideways.* there are: after, before/],
      ["/api/bots/a/equity?points=1000000", 400, /points/],
      ["/api/bots/nobody", 404, /no bot \\"nobody\\"/],
      ["/api/bots/a'%20or%20''%3D'", 404, /no bot/],
      ["/api/bots/a'%3B%20drop%20table%20bots%3B%20--/trades", 404, /no bot/],
      ["/api/bots/a/%00", 400, /address/],
      ["/api/bots/%ff", 400, /address has a %/],
      ["/api/bots/a%2", 400, /address has a %/],
      ["/api/bots/a/trades?limit=%zz", 400, /address has a %/],
      ["/api/nothing", 404, /nothing at this address/],
      ["/..%2f..%2fetc%2fpasswd", 404, /nothing/],
      [`/api/bots/${"a".repeat(5_000)}`, 414, /5\d\d\d characters/],
      [`/api/sparks?${"id=a&".repeat(101)}`, 400, /101 times/],
    ];
    for (const [path, status, told] of bad) {
      const answer = await ask(`${url}${path}`);
      assert.equal(answer.status, status, `${path}: ${answer.text}`);
      assert.match(answer.text, told);
      assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
    }
    return bad.length;
  }));

Deno.test("the first and the last moment may be asked for", () =>
  unchanged(async ({ url }) => {
    for (const moment of [0, LAST]) {
      for (
        const asked of ["candles?before", "candles?after", "equity?after", "marks?after"]
          .concat("signals?before")
      ) {
        const answer = await ask(`${url}/api/bots/a/${asked}=${moment}`);
        assert.equal(answer.status, 200, `${asked}=${moment}: ${answer.text}`);
      }
    }
    return 0;
  }));

Deno.test("every other method than that of an address is refused, and says which is right", () =>
  unchanged(async ({ url }) => {
    const bad = [
      ...["POST", "PUT", "DELETE", "PATCH"].map((method) => [method, "/api/bots/a", "GET, HEAD"]),
      ["DELETE", "/", "GET, HEAD"],
      ["POST", "/metrics", "GET, HEAD"],
      ["POST", "/page.css", "GET, HEAD"],
      ["GET", "/api/log-out", "POST"],
      ["PUT", "/api/log-in", "POST"],
    ];
    for (const [method, path, allow] of bad) {
      const answer = await ask(`${url}${path}`, { method });
      assert.equal(answer.status, 405, `${method} ${path}`);
      assert.equal(answer.headers.get("allow"), allow);
    }
    const head = await ask(`${url}/api/bots/a`, { method: "HEAD" });
    assert.deepEqual([head.status, head.text], [200, ""]);
    return bad.length;
  }));

Deno.test("a name that was made to lead here is refused, and addresses of numbers are not", () =>
  unchanged(async ({ dashboard: { port } }) => {
    const hosts: [string, number][] = [
      ["evil.example", 421],
      [`evil.example:${port}`, 421],
      ["127.0.0.1.evil.example", 421],
      ["localhost.evil.example", 421],
      ["evil@127.0.0.1", 400],
      ["127.0.0.1/evil", 400],
      [`127.0.0.1:${port}`, 200],
      ["localhost:9000", 200],
      ["[::1]:8000", 200],
    ];
    for (const [host, status] of hosts) {
      const request = `GET /api/session HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
      assert.match(await sendRaw(port, request), new RegExp(`^HTTP/1.1 ${status} `), host);
    }
    return hosts.filter(([, status]) => status !== 200).length;
  }));

Deno.test("what is no HTTP is refused", () =>
  unchanged(async ({ dashboard: { port } }) => {
    const bad: [string, number][] = [
      ["nonsense\r\n\r\n", 400],
      [`GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ${"x".repeat(20_000)}\r\n\r\n`, 431],
      ["GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -5\r\n\r\n", 400],
    ];
    for (const [text, status] of bad) {
      assert.match(
        await sendRaw(port, text),
        new RegExp(`^HTTP/1.1 ${status} `),
        text.slice(0, 60),
      );
    }
    return bad.length;
  }));

Deno.test("whoever asks for nonsense all day fills no disk, and writes no line of the log", () =>
  withDashboard(async ({ url, logs }) => {
    const forged = encodeURIComponent("x\ndashboard: all is well\r\n\u001b[31m");
    for (let i = 0; i < 40; i++) {
      assert.equal((await ask(`${url}/api/bots/a?${forged}=${"y".repeat(1_000)}`)).status, 400);
    }
    assert.equal(logs.length, 30);
    for (const line of logs) assert.ok(line.length < 510 && !/\p{Cc}/u.test(line), line);
  }));
