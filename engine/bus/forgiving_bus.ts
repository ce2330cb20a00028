import { messageOf } from "../market/errors.ts";
import type { Bus } from "../ports/bus.ts";
import type { Tell } from "../ports/tell.ts";

/**
 * A bus whose failures go no further than to `tell`, once until it works again. The store is the
 * truth, and whoever waits for a message looks there in time anyway.
 */
export function forgivingBus(bus: Bus, tell: Tell): Bus {
  let failing = false;
  const attempt = async <T>(act: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await act();
    } catch (error) {
      if (!failing) {
        const why = messageOf(error);
        tell(`Nobody is woken now, and everyone looks by the clock: ${why}`, { level: "warning" });
      }
      failing = true;
      return undefined;
    }
  };
  return {
    publish: (channel, message) =>
      attempt(async () => {
        await bus.publish(channel, message);
        // Listening may go well without any server.
        if (failing) tell("The bus works again");
        failing = false;
      }),
    subscribe: async (...wanted) => {
      const unsubscribe = await attempt(() => bus.subscribe(...wanted));
      return unsubscribe ? () => attempt(unsubscribe) : () => Promise.resolve();
    },
    close: () => bus.close(),
  };
}
