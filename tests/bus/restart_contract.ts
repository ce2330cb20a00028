import assert from "node:assert/strict";
import type { Bus } from "../../engine/ports/bus.ts";
import { StoreError } from "../../engine/ports/store_errors.ts";
import { eventually } from "../support/eventually.ts";

/** A server that can go away and come back. */
export interface Restartable {
  open(): Promise<Bus>;
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** Registers, with `register`, what every bus must do whose server is restarted. */
export function restartContract(
  name: string,
  withServer: (test: (server: Restartable) => Promise<void>) => Promise<void>,
  register: (name: string, test: () => Promise<void>) => void = Deno.test,
): void {
  register(
    `${name} listens again after a restart, and says that messages may be lost`,
    () =>
      withServer(async ({ open, stop, start }) => {
        const here = await open(), there = await open();
        const heard: unknown[] = [];
        let missed = 0;
        const stopped = await there.subscribe("a", () => {}, () => missed += 100);
        await there.subscribe("a", (message) => heard.push(message), () => missed++);
        await stopped();
        await here.publish("a", { number: 1 });
        await eventually("it hears", () => heard.length === 1);
        assert.equal(missed, 0);

        await stop();
        await assert.rejects(here.publish("a", { number: 2 }), StoreError);
        await start();
        await eventually("it is told", () => missed > 0);
        assert.equal(missed, 1);
        // From here on nothing is lost any more.
        await eventually("one gets through", () => here.publish("a", { number: 3 }).then(yes, no));
        await eventually("it hears again", () => heard.length > 1);
        assert.deepEqual(heard, [{ number: 1 }, { number: 3 }]);
      }),
  );

  register(
    `${name} can be closed while its server is away`,
    () =>
      withServer(async ({ open, stop }) => {
        const bus = await open();
        await bus.subscribe("a", () => {});
        await stop();
        await assert.rejects(bus.publish("a", { number: 1 }), StoreError);
        await bus.close();
        await assert.rejects(bus.publish("a", { number: 1 }), StoreError);
      }),
  );
}

const yes = () => true, no = () => false;
