import type { Command } from "commander";

/**
 * Each command's file here, and what makes the command there. They are loaded by these names when they
 * are called: what an `import` names literally Deno fetches, called or not, and none is to pay for the
 * others' packages.
 */
export const COMMANDS: Readonly<Record<string, readonly [file: string, make: string]>> = {
  "live": ["./live.ts", "liveCommand"],
  "backtest": ["./backtest.ts", "backtestCommand"],
  "sweep": ["./sweep.ts", "sweepCommand"],
  "trials": ["./trials.ts", "trialsCommand"],
  "walk-forward": ["./walk_forward.ts", "walkForwardCommand"],
  "stress": ["./stress.ts", "stressCommand"],
  "worker": ["./worker.ts", "workerCommand"],
  "report": ["./report.ts", "reportCommand"],
  "trades-to-ohlcv": ["./trades_to_ohlcv.ts", "tradesToOhlcvCommand"],
  "fetch": ["./fetch.ts", "fetchCommand"],
  "import": ["./import.ts", "importCommand"],
  "candles": ["./candles.ts", "candlesCommand"],
  "export": ["./export.ts", "exportCommand"],
  "account": ["./account.ts", "accountCommand"],
  "operators": ["./operators.ts", "operatorsCommand"],
  "validate": ["./validate.ts", "validateCommand"],
  "list-bots": ["./list_bots.ts", "listBotsCommand"],
  "verify": ["./verify.ts", "verifyCommand"],
  "dashboard": ["./dashboard.ts", "dashboardCommand"],
  "bot": ["./bot.ts", "botCommand"],
  "show-trades": ["./show_trades.ts", "showTradesCommand"],
  "notebook": ["./notebook.ts", "notebookCommand"],
  "notebooks": ["./notebooks.ts", "notebooksCommand"],
  "db": ["./db.ts", "dbCommand"],
  "schema": ["./schema.ts", "schemaCommand"],
};

/** Loads a command of the table. */
export async function loadCommand(name: string): Promise<Command> {
  const [file, make] = COMMANDS[name];
  const module: Record<string, () => Command> = await import(file);
  return module[make]();
}
