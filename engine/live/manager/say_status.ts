import { statusChannel } from "../../ports/bus.ts";
import type { StatusWithReason } from "../../ports/store.ts";
import type { Workplace } from "./workplace.ts";

/** A bot as this process has claimed it. */
export interface Claimed {
  id: string;
  epoch: number;
}

/** Sets a bot's status and tells everyone. */
export async function sayStatus(
  { store, bus }: Pick<Workplace, "store" | "bus">,
  { id, epoch }: Claimed,
  { status, reason }: StatusWithReason,
): Promise<void> {
  await store.bots.setStatus(id, epoch, status, reason);
  await bus.publish(statusChannel(id), { status, reason });
}
