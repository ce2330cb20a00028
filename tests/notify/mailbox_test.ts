/** What receivers are told, over real sockets, and what happens if they do not take it. */
import assert from "node:assert/strict";
import type { Happening } from "../../engine/notify/happening.ts";
import { Mailbox, MOST_WAITING } from "../../engine/notify/mailbox.ts";
import type { HurriedClock } from "./receiving.ts";
import { type Answers, type Received, withServer } from "./receiving.ts";
import { notifySettings, receiversOf } from "../../engine/notify/settings.ts";

const ALARM: Happening = { kind: "quarantined", bot: "a", text: "a: quarantined: @everyone\nlook" };
const crash = (n: number): Happening => ({ kind: "crashed", bot: `b${n}`, text: `b${n}: crashed` });

interface At {
  url: string;
  received: Received[];
  clock: HurriedClock;
  logged: string[];
  box: Mailbox;
}

/** A mailbox of one receiver, whose server answers like that. */
async function withMailbox(
  answers: Answers,
  use: (at: At) => Promise<void>,
  { receiver = {}, perMinute = 6, stop = new AbortController().signal }: {
    receiver?: object;
    perMinute?: number;
    stop?: AbortSignal;
  } = {},
): Promise<void> {
  await withServer(answers, async (at) => {
    const plain = { kind: "webhook", url: `${at.url}/secret-path`, ...receiver };
    const settings = notifySettings.parse({ receivers: [plain] });
    const [one] = receiversOf(settings, () => "hidden");
    const logged: string[] = [];
    const place = { clock: at.clock, log: (line: string) => logged.push(line), stop, perMinute };
    await use({ ...at, logged, box: new Mailbox(one, place) });
  });
}

const OK: Answers = () => ({ status: 200 });

Deno.test("each kind of receiver is sent what it understands", async () => {
  await withServer(OK, async ({ url, received, clock }) => {
    const secrets: Record<string, string> = {
      LOCKSTEP_NOTIFY_T: "123:abc",
      LOCKSTEP_NOTIFY_D: `${url}/api/webhooks/1/x`,
    };
    const settings = notifySettings.parse({
      receivers: [
        { kind: "webhook", url: `${url}/hook`, tokenVariable: "LOCKSTEP_NOTIFY_T" },
        { kind: "telegram", url, chat: "-42", tokenVariable: "LOCKSTEP_NOTIFY_T" },
        { kind: "discord", urlVariable: "LOCKSTEP_NOTIFY_D" },
        { kind: "ntfy", url: `${url}/topic` },
      ],
    });
    const stop = new AbortController().signal;
    for (const one of receiversOf(settings, (name) => secrets[name])) {
      const box = new Mailbox(one, { clock, log: assert.fail, stop, perMinute: 6 });
      box.put([ALARM]);
      await box.settled();
    }
    const [hook, telegram, discord, ntfy] = received, text = "a: quarantined: @everyone look";
    assert.equal(received.length, 4);
    assert.equal(hook.path, "/hook");
    assert.equal(hook.headers.get("authorization"), "Bearer 123:abc");
    assert.deepEqual(JSON.parse(hook.body), {
      text,
      happenings: [{ ...ALARM, level: "alarm" }],
      leftOut: 0,
    });
    assert.equal(telegram.path, "/bot123:abc/sendMessage");
    assert.deepEqual(JSON.parse(telegram.body), { chat_id: "-42", text });
    assert.equal(discord.path, "/api/webhooks/1/x");
    assert.deepEqual(JSON.parse(discord.body), { content: text, allowed_mentions: { parse: [] } });
    assert.equal(ntfy.path, "/topic");
    assert.equal(ntfy.headers.get("priority"), "high");
    assert.equal(ntfy.body, text);
  });
});

Deno.test("a burst is one message, and what is too much is counted", () =>
  withMailbox(OK, async ({ box, received }) => {
    for (let n = 0; n < MOST_WAITING + 7; n++) box.put([crash(n)]);
    await box.settled();
    assert.equal(received.length, 1);
    const { happenings, leftOut } = JSON.parse(received[0].body);
    assert.equal(happenings.length, MOST_WAITING);
    assert.equal(leftOut, 7);
  }));

Deno.test("a text that is too long says how many lines it lacks", () =>
  withMailbox(OK, async ({ box, received }) => {
    box.put(Array.from({ length: 10 }, () => ({ ...ALARM, text: "x".repeat(5_000) })));
    await box.settled();
    const { text } = JSON.parse(received[0].body), lines = text.split("\n");
    // Discord takes 2,000 characters.
    assert.ok(text.length < 2_000);
    assert.equal(lines.at(-1), `and ${10 - (lines.length - 1)} more that are not told here`);
  }));

Deno.test("no more requests a minute than allowed, those that failed among them", () =>
  withMailbox((n) => ({ status: n % 2 ? 500 : 200 }), async ({ box, received }) => {
    for (let n = 0; n < 5; n++) {
      box.put([crash(n)]);
      await box.settled();
    }
    assert.equal(received.length, 10);
    for (let i = 3; i < received.length; i++) {
      assert.ok(received[i].at - received[i - 3].at >= 60_000, `request ${i}`);
    }
  }, { perMinute: 3 }));

Deno.test("it tries again after 500, after a 429 as late as asked, and after no answer", async () => {
  const failures: [ReturnType<Answers>, number, string][] = [
    [{ status: 500 }, 1_000, "it answered 500"],
    [{ status: 429, headers: { "retry-after": "42" } }, 42_000, "it answered 429"],
    ["hang", 11_000, "it did not answer"],
  ];
  for (const [failure, least, detail] of failures) {
    await withMailbox((n) => n === 1 ? failure : { status: 204 }, async (at) => {
      at.box.put([ALARM]);
      await at.box.settled();
      assert.equal(at.received.length, 2);
      assert.equal(at.received[0].body, at.received[1].body);
      assert.ok(at.received[1].at - at.received[0].at >= least, JSON.stringify(failure));
      assert.deepEqual(at.logged, [
        `notify: webhook cannot be told: ${detail}`,
        "notify: webhook is told again",
      ]);
      const counted = { told: 1, lost: 0, failures: 1, trouble: undefined };
      assert.deepEqual(at.box.standing, { name: "webhook", ...counted });
    });
  }
});

Deno.test("what is refused is logged without the address, and counted in the next message", () =>
  withMailbox((n) => ({ status: n === 1 ? 403 : 200 }), async ({ box, received, logged }) => {
    box.put([crash(1), crash(2)]);
    await box.settled();
    assert.deepEqual(logged, [
      "notify: webhook cannot be told: it answered 403",
      "notify: webhook was not told of 2 happenings: it answered 403",
    ]);
    box.put([ALARM]);
    await box.settled();
    assert.equal(JSON.parse(received[1].body).leftOut, 2);
  }));

Deno.test("an outage is logged once in ten minutes, counted as a whole, and its end is told", () =>
  withMailbox((n) => ({ status: n <= 4 ? 404 : 200 }), async ({ box, clock, received, logged }) => {
    const tell = async (n: number) => {
      box.put([crash(n)]);
      await box.settled();
    };
    await tell(1);
    await tell(2);
    await tell(3);
    const began = box.standing.trouble!.since;
    assert.equal(logged.splice(0).length, 2, "the first of three is said");
    await clock.sleep(600_000);
    await tell(4);
    assert.deepEqual(logged.splice(0), [
      "notify: webhook cannot be told: it answered 404",
      "notify: webhook was not told of 3 happenings: it answered 404",
    ]);
    const standing = { told: 0, lost: 4, failures: 4, trouble: box.standing.trouble };
    assert.deepEqual(box.standing, { name: "webhook", ...standing });
    assert.equal(box.standing.trouble!.since, began);
    await tell(5);
    assert.deepEqual(logged, ["notify: webhook is told again"]);
    assert.equal(JSON.parse(received[4].body).leftOut, 4);
  }));

Deno.test("what waits when the process ends is said, and what was not said yet", async () => {
  const stop = new AbortController();
  await withMailbox(() => ({ status: 404 }), async ({ box, logged }) => {
    for (const n of [1, 2]) {
      box.put([crash(n)]);
      await box.settled();
    }
    assert.equal(logged.splice(0).length, 2);
    box.put([crash(3), crash(4)]);
    stop.abort();
    await box.end();
    assert.deepEqual(logged, ["notify: webhook was not told of 3 happenings: the process ended"]);
    assert.equal(box.standing.lost, 4);
  }, { stop: stop.signal });
});

Deno.test("at the end nothing waits for the minute's requests, and what failed is tried again", () =>
  withMailbox((n) => ({ status: n === 2 ? 503 : 200 }), async ({ box, received }) => {
    box.put([crash(1)]);
    await box.settled();
    box.put([crash(2)]);
    box.hasten();
    box.put([crash(3)]);
    await box.settled();
    assert.deepEqual(received.map(({ body }) => JSON.parse(body).text), [
      "b1: crashed",
      ...Array(2).fill("b2: crashed\nb3: crashed"),
    ]);
    const took = received[2].at - received[0].at;
    assert.ok(took >= 1_000 && took < 60_000, `${took} ms`);
  }, { perMinute: 1 }));

Deno.test("several receivers of a kind have names of their own", () => {
  const hook = { kind: "webhook", url: "http://127.0.0.1:1/a" };
  const ntfy = { kind: "ntfy", url: "http://127.0.0.1:1/b" };
  const settings = notifySettings.parse({ receivers: [hook, ntfy, hook, hook] });
  const names = receiversOf(settings, () => "").map(({ name }) => name);
  assert.deepEqual(names, ["webhook", "ntfy", "webhook 2", "webhook 3"]);
});

Deno.test("who cannot be reached is given up after eight tries, without the address in the log", () =>
  withMailbox(OK, async ({ box, received, logged }) => {
    box.put([ALARM]);
    await box.settled();
    assert.equal(received.length, 0);
    assert.deepEqual(logged, [
      "notify: webhook cannot be told: it could not be reached",
      "notify: webhook was not told of 1 happening: it could not be reached",
    ]);
    const { lost, failures, trouble } = box.standing;
    assert.deepEqual([lost, failures, trouble?.detail], [1, 8, "it could not be reached"]);
  }, { receiver: { url: "http://127.0.0.1:1/secret" } }));

Deno.test("a receiver is told what is as grave as it wants, and not where an address leads on", () =>
  withMailbox(
    () => ({ status: 302, headers: { location: "/elsewhere" } }),
    async ({ box, received, logged }) => {
      box.put([crash(1)]);
      await box.settled();
      assert.equal(received.length, 0);
      box.put([ALARM]);
      await box.settled();
      assert.deepEqual(received.map(({ path }) => path), ["/secret-path"]);
      assert.match(logged[0], /it answered 302/);
    },
    { receiver: { level: "alarm" } },
  ));
