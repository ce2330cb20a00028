import { Command } from "commander";
import { InputError } from "../market/errors.ts";
import { marketName } from "../market/market_name.ts";
import { neededInstruments } from "../strategy/needed_instruments.ts";
import { withoutSchemas } from "./config_files.ts";
import { configNotes } from "./config_notes.ts";
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
      const loaded = await readConfigFile(path), { config, strategy } = loaded;
      const reads = neededInstruments(strategy),
        more = reads.length > 0 && ` and ${reads.join(", ")}`;
      print(
        `${path}: ${config.name}, ${config.strategy.name} on ${marketName(config.market)}${
          more || ""
        }`,
      );
      for (const text of configNotes(loaded)) print(`${path}: ${text}`);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      note(error.message);
      refused++;
    }
  }
  if (refused > 0) throw new InputError(`${refused} of ${paths.length} configs refused`);
}
