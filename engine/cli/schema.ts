import { Command } from "commander";
import { configJsonSchema } from "../strategy/config.ts";
import { print } from "./output.ts";

const FILE = "strategies/config.schema.json";

/** `schema` */
export function schemaCommand(): Command {
  return new Command()
    .description("Write the JSON Schema of configs, by which editors complete and check them")
    .addHelpText("after", "\nExample:\n  deno task schema")
    .action(() => {
      Deno.writeTextFileSync(FILE, `${JSON.stringify(configJsonSchema(), null, 2)}\n`);
      print(`Wrote ${FILE}`);
    });
}
