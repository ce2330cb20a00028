import type { Bus } from "../../engine/ports/bus.ts";

/** Runs `test` with a way to open busses with `open`, and closes them afterwards. */
export async function withBusses(
  open: () => Promise<Bus>,
  test: (open: () => Promise<Bus>) => Promise<void>,
): Promise<void> {
  const busses: Bus[] = [];
  try {
    await test(async () => {
      const bus = await open();
      busses.push(bus);
      return bus;
    });
  } finally {
    for (const bus of busses) await bus.close();
  }
}
