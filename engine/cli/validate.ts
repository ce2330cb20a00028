import { Command } from "commander";
import { InputError } from "../market/errors.ts";
import { marketName } from "../strategy/all_markets.ts";
import { neededInstruments } from "../strategy/needed_instruments.ts";
import { withoutSchemas } from "./config_files.ts";
import { note, print } from "./output.ts";
import { readConfigFile } from "./strategy_file.ts";

/** `validate CONFIG…` */
export function validateCommand(): Command {
  return new Command()
    .description("Check configs as `live` would, without starting anything")
    .argument("<config...>", "config files")
    .addHelpText("after", "\nExample:\n  deno task validate strategies/*.json")
    .action(run);
}

async function run(named: string[]): Promise<void> {
  const paths = withoutSchemas(named);
  let refused = 0;
  for (const path of paths) {
    try {
      const { config, strategy, edited } = await readConfigFile(path);
      const reads = neededInstruments(strategy),
        more = reads.length > 0 && ` and ${reads.join(", ")}`;
      const hint = edited
        ? " (edited since it was promoted: its receipt is of another strategy)"
        : "";
      print(
        `${path}: ${config.name}, ${config.strategy.name} on ${marketName(config.market)}${
          more || ""
        }${hint}`,
      );
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      note(error.message);
      refused++;
    }
  }
  if (refused > 0) throw new InputError(`${refused} of ${paths.length} configs refused`);
}
