import { type Command, CommanderError } from "commander";
import { InputError } from "../market/errors.ts";
import { StoreError } from "../ports/store_errors.ts";
import { COMMANDS, loadCommand } from "./commands.ts";
import { note, print } from "./output.ts";

/** Runs a command; returns the exit code, 0 only on success. */
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
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    note(messageOf(error));
    return 1;
  }
}

/** Has commander print to our streams and throw instead of exiting, for subcommands too. */
function strict(command: Command): Command {
  command.exitOverride().configureOutput({ writeOut: print, writeErr: note });
  command.commands.forEach(strict);
  return command;
}

function messageOf(error: unknown): string {
  if (error instanceof InputError || error instanceof StoreError) return error.message;
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (name === "NotCapable") return `Not permitted: ${message.split("\n")[0]}${netHint(message)}`;
  return `Unexpected ${name}: ${
    message.split("\n")[0]
  }. Please report it with the command that led here.`;
}

/** How a task gets the permission that it lacks, where that is one for the net. */
function netHint(message: string): string {
  if (!message.startsWith("Requires net access")) return "";
  return "\nWith LOCKSTEP_NET=--allow-net in the environment, tasks may reach every host";
}

if (import.meta.main) Deno.exit(await main(Deno.args));
