import type { Command } from "commander";

/**
 * Has a command look for the flags that it requires behind all else that is said: commander does so
 * first, and would call a flag that is mistyped missing, and not say how it is meant to be written.
 */
export function requireLast(command: Command): void {
  const required = command.options.filter(({ mandatory }) => mandatory);
  for (const option of required) option.mandatory = false;
  command.hook("preAction", () => {
    for (const option of required) {
      if (command.getOptionValue(option.attributeName()) !== undefined) continue;
      const code = "commander.missingMandatoryOptionValue";
      command.error(`error: required option '${option.flags}' not specified`, { code });
    }
  });
}
