import assert from "node:assert/strict";
import { runCommand } from "./command.ts";

const COMMANDS = [
  "live",
  "backtest",
  "trades-to-ohlcv",
  "fetch",
  "import",
  "candles",
  "export",
  "validate",
  "list-bots",
  "bot",
  "show-trades",
  "dashboard",
  "verify",
  "db",
  "schema",
];

Deno.test("every command has help with an example, on standard output", async () => {
  const help = await Promise.all(COMMANDS.map((name) => runCommand([name, "--help"])));
  help.forEach(({ code, out, err }, i) => {
    assert.deepEqual([code, err], [0, ""], COMMANDS[i]);
    assert.match(out, new RegExp(`Usage: ${COMMANDS[i]} `));
    assert.match(out, new RegExp(`\nExample:\n  deno task ${COMMANDS[i]}`), COMMANDS[i]);
  });
});

Deno.test("the message for a wrong command names every command", async () => {
  const { err } = await runCommand(["help"]);
  for (const name of COMMANDS) assert.match(err, new RegExp(`[ ,]${name}[,.]`));
});
