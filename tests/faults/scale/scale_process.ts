/**
 * `live` on a tape, which measures how long its bots take from a closed candle to a committed decision.
 *
 *     scale_process.ts FROM TO FILE [CONFIG…] [FLAG…]    seconds of the tape; where to write what was found
 */
import { errorText } from "../../../engine/cli/error_text.ts";
import { liveCommand } from "../../../engine/cli/live.ts";
import { note } from "../../../engine/cli/output.ts";
import { ScaleWatch } from "./scale_watch.ts";

const [from, to, file, ...args] = Deno.args;
let watch: ScaleWatch | undefined;
try {
  const command = liveCommand((parts) => {
    watch = new ScaleWatch(Number(from), Number(to), parts);
    return watch.watch(parts);
  });
  await command.parseAsync(args, { from: "user" });
  await Deno.writeTextFile(file, JSON.stringify(watch!.measured));
  Deno.exit(0);
} catch (error) {
  note(errorText(error));
  Deno.exit(1);
}
