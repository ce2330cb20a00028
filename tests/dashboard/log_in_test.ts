/** A dashboard that others can reach: it shows nothing to who does not know the token. */
import assert from "node:assert/strict";
import { openDashboard } from "../../engine/dashboard/dashboard.ts";
import { bareBot } from "../storage/bare_bot.ts";
import { ask, type Served, withDashboard } from "./with_dashboard.ts";

const TOKEN = "correct horse battery staple";

const json = (url: string, body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json", origin: url, ...headers },
  body: JSON.stringify(body),
});

/** Logs in, and gives the cookie. */
async function logIn({ url }: Served): Promise<string> {
  const { status, headers } = await ask(`${url}/api/log-in`, json(url, { token: TOKEN }));
  assert.equal(status, 200);
  const cookie = headers.get("set-cookie")!;
  assert.match(cookie, /; HttpOnly/);
  assert.match(cookie, /; SameSite=Strict/);
  return cookie.split(";")[0];
}

Deno.test("without the token nothing is shown, and nothing can be asked for", () =>
  withDashboard(async (served) => {
    const { url, store } = served;
    await store.bots.create(bareBot("a"));
    for (const path of ["/", "/bots/a", "/data"]) {
      const { status, headers } = await ask(`${url}${path}`);
      assert.deepEqual([status, headers.get("location")], [303, "/log-in"], path);
    }
    const closed = [
      "/api/events",
      "/api/bots/a",
      "/api/bots/a/trades",
      "/api/data",
      "/api/session",
    ];
    for (const path of [...closed, "/api/sparks", "/metrics"]) {
      const { status, text } = await ask(`${url}${path}`);
      assert.equal(status, 401, `${path}: ${text}`);
      assert.doesNotMatch(text, /okx|BTC/);
    }
    const health = await ask(`${url}/health`);
    assert.deepEqual([health.status, health.text], [200, '{"status":"healthy"}']);
    for (const cookie of ["lockstep_session=", "lockstep_session=99999999999.00.x"]) {
      assert.equal((await ask(`${url}/api/data`, { headers: { cookie } })).status, 401);
    }
    const wish = await ask(`${url}/api/bots/a/ask`, json(url, { wish: "stop" }));
    assert.equal(wish.status, 401);
    assert.deepEqual(await store.wishes.ofBot("a"), []);
  }, { token: TOKEN }));

Deno.test("with the token all is shown; what changes something needs the page's word, too", () =>
  withDashboard(async (served) => {
    const { url, store } = served, cookie = await logIn(served);
    await store.bots.create(bareBot("a", { market: { exchange: "okx", symbol: "X/Y" } }));
    assert.equal((await ask(`${url}/`, { headers: { cookie } })).status, 200);
    const session = await ask(`${url}/api/session`, { headers: { cookie } });
    const { csrf, asks } = JSON.parse(session.text);
    assert.equal(asks, true);
    const wishes = async () => (await store.wishes.ofBot("a")).map(({ wish, by }) => [wish, by]);
    const stop = (headers: Record<string, string>) =>
      ask(`${url}/api/bots/a/ask`, json(url, { wish: "stop" }, headers));
    assert.equal((await stop({ cookie })).status, 403);
    assert.equal((await stop({ cookie, "x-csrf-token": `${csrf}x` })).status, 403);
    assert.equal((await stop({ "x-csrf-token": csrf })).status, 401);
    assert.deepEqual(await wishes(), []);
    const { status, text } = await stop({ cookie, "x-csrf-token": csrf });
    assert.equal(status, 200, text);
    const out = await ask(`${url}/api/log-out`, json(url, {}, { cookie, "x-csrf-token": csrf }));
    assert.equal(out.status, 200);
    assert.match(out.headers.get("set-cookie")!, /^lockstep_session=; Max-Age=0/);
    assert.equal((await ask(`${url}/api/session`, { headers: { cookie } })).status, 401);
    const other = await logIn(served);
    assert.equal((await ask(`${url}/api/session`, { headers: { cookie: other } })).status, 200);
  }, { token: TOKEN }));

Deno.test("programs give the token themselves", () =>
  withDashboard(async ({ url }) => {
    const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
    const token = TOKEN.replaceAll(" ", "");
    assert.equal((await ask(`${url}/metrics`, bearer(token))).status, 200);
    assert.match((await ask(`${url}/health`, bearer(token))).text, /"reasons":\[\]/);
    assert.equal((await ask(`${url}/metrics`, bearer(`${token}x`))).status, 401);
  }, { token: TOKEN.replaceAll(" ", "") }));

Deno.test("who tries tokens is soon refused, right ones too, and others are not", () =>
  withDashboard(async (served) => {
    const { url, logs } = served, cookie = await logIn(served);
    const statuses: number[] = [];
    for (let i = 0; i < 7; i++) {
      statuses.push((await ask(`${url}/api/log-in`, json(url, { token: `wrong ${i}` }))).status);
    }
    assert.deepEqual(statuses, [401, 401, 401, 401, 401, 429, 429]);
    const right = await ask(`${url}/api/log-in`, json(url, { token: TOKEN }));
    assert.equal(right.status, 429);
    assert.ok(Number(right.headers.get("retry-after")) > 0);
    assert.equal((await ask(`${url}/api/data`, { headers: { cookie } })).status, 200);
    assert.equal(logs.length, 8);
  }, { token: TOKEN }));

Deno.test("whoever tries tokens keeps no program out that gives the right one", () =>
  withDashboard(async ({ url }) => {
    const statusOf = async (token: string) => {
      const headers = { authorization: `Bearer ${token}` };
      return (await ask(`${url}/metrics`, { headers })).status;
    };
    const statuses: number[] = [];
    for (let i = 0; i < 7; i++) statuses.push(await statusOf(`wrong${i}`));
    assert.deepEqual(statuses, [401, 401, 401, 401, 401, 429, 429]);
    assert.equal(await statusOf(TOKEN.replaceAll(" ", "")), 200);
  }, { token: TOKEN.replaceAll(" ", "") }));

Deno.test("behind a proxy on this machine everybody has a count of their own", () =>
  withDashboard(async ({ url }) => {
    const logIn = async (token: string, forwarded: string) => {
      const headers = { "x-forwarded-for": forwarded };
      return (await ask(`${url}/api/log-in`, json(url, { token }, headers))).status;
    };
    for (let i = 0; i < 6; i++) {
      // What a stranger puts in front is not what the proxy saw.
      assert.equal(await logIn("wrong", `203.0.113.${i}, 198.51.100.7`), i < 5 ? 401 : 429);
    }
    assert.equal(await logIn(TOKEN, "198.51.100.7"), 429);
    assert.equal(await logIn(TOKEN, "198.51.100.8"), 200);
  }, { token: TOKEN }));

Deno.test("a session outlasts the server, and not its token", () =>
  withDashboard(async (served) => {
    const cookie = await logIn(served), { store } = served;
    await withDashboard(async ({ url }) => {
      assert.equal((await ask(`${url}/api/data`, { headers: { cookie } })).status, 200);
    }, { token: TOKEN, store });
    await withDashboard(async ({ url }) => {
      assert.equal((await ask(`${url}/api/data`, { headers: { cookie } })).status, 401);
    }, { token: `${TOKEN}!`, store });
  }, { token: TOKEN }));

Deno.test("an address that others can reach demands a token of some length", () =>
  withDashboard(async ({ store }) => {
    const place = { store } as Parameters<typeof openDashboard>[0];
    for (const hostname of ["0.0.0.0", "::", "192.0.2.1", "example.org"]) {
      await assert.rejects(openDashboard(place, { hostname, port: 0 }), {
        name: "InputError",
        message: /without a token: others can reach that address.*LOCKSTEP_DASHBOARD_TOKEN/,
      });
    }
    await assert.rejects(
      openDashboard({ ...place, token: "short" }, { hostname: "::1", port: 0 }),
      {
        name: "InputError",
        message: /16 characters or more, and has 5/,
      },
    );
  }));
