import { type Command, CommanderError } from "commander";
import { COMMANDS, loadCommand } from "./commands.ts";
import { errorText } from "./error_text.ts";
import { note, print } from "./output.ts";
import { requireLast } from "./require_last.ts";

/** Runs a command; returns the exit code: 0, unless it failed or has set another one. */
async function main([name = "", ...args]: readonly string[]): Promise<number> {
  if (name === "--help" || name === "-h") {
    print(`Commands: ${Object.keys(COMMANDS).join(", ")}. Each has --help.`);
    return 0;
  }
  if (!Object.hasOwn(COMMANDS, name)) {
    const known = Object.keys(COMMANDS).join(", ");
    const wanted = name === "" || name.startsWith("-") ? "Which command?" : `No command "${name}".`;
    note(`${wanted} There are: ${known}. Each has --help.`);
    return 1;
  }
  try {
    const command = await loadCommand(name);
    await strict(command.name(name)).parseAsync(args, { from: "user" });
    return Deno.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.code === "commander.unknownOption") await hintAtAccount(error.message);
      return error.exitCode;
    }
    note(errorText(error), { level: "error" });
    return 1;
  }
}

/** Who takes a setting of the account for an option is told where it goes. */
async function hintAtAccount(message: string): Promise<void> {
  const { accountHint } = await import("./account/hint.ts");
  const hint = accountHint(message);
  if (hint !== "") note(hint);
}

/** Has commander print to our streams and throw instead of exiting, for subcommands too. */
function strict(command: Command): Command {
  command.exitOverride().configureOutput({ writeOut: print, writeErr: (text) => note(text) });
  requireLast(command);
  command.commands.forEach(strict);
  return command;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
