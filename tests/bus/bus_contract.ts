import assert from "node:assert/strict";
import {
  type Bus,
  type BusMessage,
  marketChannel,
  SYSTEM_CHANNEL,
} from "../../engine/ports/bus.ts";

/** Runs a test with a way to open busses that reach each other; they are closed afterwards. */
export type WithBus = (test: (open: () => Promise<Bus>) => Promise<void>) => Promise<void>;

/** Registers what every bus must do, with `register`; `name` begins the names of the tests. */
export function busContract(
  name: string,
  withBus: WithBus,
  register: (name: string, test: () => Promise<void>) => void = Deno.test,
): void {
  const test = (what: string, body: (open: () => Promise<Bus>) => Promise<void>) =>
    register(`${name} ${what}`, () => withBus(body));

  test("wakes those who listen to the channel, its sender too, and nobody else", async (open) => {
    const here = await open(), there = await open();
    const heard = await Promise.all([here, there, there].map((bus) => record(bus, "signals:a")));
    const other = await record(there, "signals:b");
    const message = { time: 1_723_118_400_000, text: 'é "q" \\ \n', number: 5e-324 };
    await here.publish("signals:a", message);
    await here.publish("signals:b", { last: 1 });
    assert.deepEqual(await other.until(1), [{ last: 1 }]);
    for (const each of heard) assert.deepEqual(await each.until(1), [message]);
  });

  test("keeps the order of one sender", async (open) => {
    const bus = await open(), heard = await record(await open(), marketChannel("BTC/USDT"));
    const sent = Array.from({ length: 200 }, (_, number) => ({ number }));
    for (const message of sent) await bus.publish(marketChannel("BTC/USDT"), message);
    assert.deepEqual(await heard.until(200), sent);
  });

  test("is silent for who stopped listening, and goes on for others", async (open) => {
    const bus = await open(), stopped = await record(bus, SYSTEM_CHANNEL);
    const heard = await record(bus, SYSTEM_CHANNEL);
    await stopped.stop();
    await bus.publish(SYSTEM_CHANNEL, { number: 1 });
    await heard.until(1);
    assert.deepEqual(stopped.messages, []);
    await stopped.stop();
  });

  test("refuses what is too big for a key", async (open) => {
    const bus = await open(), heard = await record(bus, "a");
    // Two bytes each.
    await assert.rejects(bus.publish("a", { text: "é".repeat(4_000) }), {
      name: "StoreError",
      message: /takes 80\d\d bytes of at most 7999/,
    });
    const fits = { text: "é".repeat(3_950) };
    await bus.publish("a", fits);
    assert.deepEqual(await heard.until(1), [fits]);
  });

  test("once closed hears nothing and refuses to publish", async (open) => {
    const closed = await open(), bus = await open();
    const silent = await record(closed, "a"), heard = await record(bus, "a");
    await closed.close();
    await assert.rejects(closed.publish("a", { number: 1 }), { name: "StoreError" });
    await bus.publish("a", { number: 2 });
    assert.deepEqual(await heard.until(1), [{ number: 2 }]);
    assert.deepEqual(silent.messages, []);
  });
}

/** What was heard on a channel. */
interface Record {
  messages: BusMessage[];
  /** Waits until there are `count` messages. */
  until(count: number): Promise<BusMessage[]>;
  stop(): Promise<void>;
}

async function record(bus: Bus, channel: string): Promise<Record> {
  const messages: BusMessage[] = [];
  let waiting: (() => void) | undefined;
  const stop = await bus.subscribe(channel, (message) => {
    messages.push(message);
    waiting?.();
  });
  const until = async (count: number) => {
    while (messages.length < count) await new Promise<void>((resolve) => waiting = resolve);
    return messages;
  };
  return { messages, until, stop };
}
