import { Command, InvalidArgumentError } from "commander";
import type { ReplaySpeed } from "../exchanges/replay_clock.ts";
import { InputError } from "../market/errors.ts";
import { openBus } from "./bus.ts";
import { closing } from "./closing.ts";
import { readConfigs } from "./config_files.ts";
import { openDatabase } from "./database.ts";
import { guardDriver } from "./driver_guard.ts";
import { paperTrade } from "./paper_trading.ts";
import { bindToTape } from "./replay.ts";
import { stopSignal } from "./stop_signal.ts";

interface Options {
  replay?: string;
  symbol?: string;
  market?: string;
  speed: ReplaySpeed;
  exit?: boolean;
  keep?: boolean;
}

const EXAMPLE = "deno task live --replay data/sample_tape.csv.gz --exit";

/** `live [CONFIG…] [--replay TAPE]` */
export function liveCommand(): Command {
  return new Command()
    .description("Paper-trade configs: all in strategies/ unless some are named")
    .argument("[config...]", "config files")
    .option("--replay <tape>", "trade on a recorded tape (CSV or CSV.gz of trades)")
    .option("--symbol <symbol>", "the instrument of the tape, if it has several")
    .option("--market <market>", "its market, if the tape has several")
    .option("--speed <n>", "times the tape's own pace, or max", speed, "max")
    .option("--exit", "end when the tape does, with a table of results")
    .option("--keep", "keep the replay in the database, and go on with it next time")
    .addHelpText("after", `\nExample:\n  ${EXAMPLE}`)
    .action(run);
}

function speed(text: string): ReplaySpeed {
  const value = Number(text);
  if (text === "max") return text;
  if (value > 0 && value <= 1e6) return value;
  throw new InvalidArgumentError("It must be max or a number above 0.");
}

async function run(paths: string[], options: Options): Promise<void> {
  const configs = await readConfigs(paths);
  if (options.replay === undefined) {
    throw new InputError(
      `No exchange can be reached yet, so there is nothing to trade on live. On a tape:\n  ${EXAMPLE}`,
    );
  }
  const { replay: path, market, symbol, speed, exit = false, keep = false } = options;
  const binding = await bindToTape(configs, { path, market, symbol }), stop = stopSignal();
  guardDriver();
  const throwaway = keep ? undefined : `replay_${crypto.randomUUID().replaceAll("-", "_")}`;
  const database = await openDatabase({ throwaway });
  await closing(database, async () => {
    const bus = await openBus(database.url);
    await closing(bus, () => paperTrade(database.store, bus, { binding, speed, exit, stop }));
  });
}
