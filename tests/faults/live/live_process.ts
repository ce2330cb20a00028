/**
 * `live`, for runs in which something goes wrong: with the clock of a machine beside the fake exchange, of
 * which the time is played faster, and with its ports watched, so that it can kill itself at a point of
 * the way from a trade to a decision. Everything else is what `deno task live` runs.
 *
 *     live_process.ts ORDERS [CONFIG…] [FLAG…]    orders as JSON; more of them come as lines
 */
import { liveCommand } from "../../../engine/cli/live.ts";
import { errorText } from "../../../engine/cli/error_text.ts";
import { note } from "../../../engine/cli/output.ts";
import { wearClock } from "./child_clock.ts";
import { type ChildOrder, type ChildOrders, SPARED } from "./child_orders.ts";
import { KillCounter } from "./kill_points.ts";
import { watchedParts } from "./watched_parts.ts";

const [orders, ...args] = Deno.args;
const { clock, kill, ...watching }: ChildOrders = JSON.parse(orders);

/** How it tells its id, which the one of its parent's child need not be. */
note(`process ${Deno.pid}`);

async function obey(): Promise<void> {
  let rest = "";
  for await (const text of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    for (const line of lines) follow(JSON.parse(line));
  }
}

function follow(order: ChildOrder): void {
  if ("clock" in order) Object.assign(clock, order.clock);
  else if ("signal" in order) Deno.kill(Deno.pid, order.signal);
  else if (order.kill === "next") points.hurry();
  else {
    points.spare();
    note(SPARED);
  }
}

const points = new KillCounter(kill?.point, kill?.nth ?? 0, () => {
  note(`killed ${kill?.point}`);
  Deno.kill(Deno.pid, "SIGKILL");
});
wearClock(clock);
obey();
try {
  const join = (parts: Parameters<typeof watchedParts>[0]) =>
    watchedParts(parts, { ...watching, points });
  await liveCommand(join).parseAsync(args, { from: "user" });
  Deno.exit(0);
} catch (error) {
  note(errorText(error));
  Deno.exit(1);
}
