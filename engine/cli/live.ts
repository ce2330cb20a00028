import { Command, Option } from "commander";
import { InputError } from "../market/errors.ts";
import type { Notifier } from "../notify/notifier.ts";
import type { Bus } from "../ports/bus.ts";
import type { Store } from "../ports/store.ts";
import type { Config } from "../strategy/config.ts";
import { openBus } from "./bus.ts";
import { closing } from "./closing.ts";
import { readConfigs } from "./config_files.ts";
import { dashboardAddress } from "./dashboard_address.ts";
import { type OpenDatabase, openDatabase } from "./database.ts";
import { formatNotes, note, writeError } from "./output.ts";
import { guardDriver } from "./driver_guard.ts";
import { readExchangeOptions } from "./exchange_options.ts";
import { liveDashboard } from "./live_dashboard.ts";
import { liveNotifier, type Notifying } from "./live_notifier.ts";
import { count, hour, type LiveOptions, refuseMixed, speed } from "./live_options.ts";
import { maintaining } from "./maintaining.ts";
import { readNotifySettings } from "./notify_settings.ts";
import { paperTrade, type PaperTrading } from "./paper_trading.ts";
import { bindToTape } from "./replay.ts";
import { stopSignal } from "./stop_signal.ts";
import { tradeOnTape } from "./trade_on_tape.ts";

const EXAMPLES = `
Example:
  deno task live --replay data/sample_tape.csv.gz --exit
  deno task live strategies/sma_cross_1m.json --exchange okx`;

/** What a live process is made of. */
export interface LiveParts {
  store: Store;
  bus: Bus;
  trading: PaperTrading;
}

/**
 * `live [CONFIG…] [--exchange NAME | --replay TAPE]`. `join` is given the parts before they are put
 * together, and gives those to use: so tests of what a process goes through watch its ports.
 */
export function liveCommand(join: (parts: LiveParts) => LiveParts = (parts) => parts): Command {
  return new Command()
    .description(
      "Paper-trade configs, live or on a tape: all in strategies/ and the bots that were at work, " +
        "unless some configs are named",
    )
    .argument("[config...]", "config files")
    .option("--exchange <name>", "trade there, whatever exchange the configs name (ccxt's names)")
    .option("--exchange-options <file>", "JSON with ccxt's settings of exchanges, by name")
    .option("--warm-up <n>", "candles that a new bot begins with (what its indicators need)", count)
    .option("--fresh", "start bots anew, although there are some of these configs")
    .option("--stand-by", "start no config: take a share of the bots that other processes started")
    .option(
      "--keep-trades <months>",
      "store the trades, too, and keep so many months of them",
      count,
    )
    .option("--verify-hour <hour>", "UTC hour at which bots are verified each night", hour, 3)
    .option("--replay <tape>", "trade on a recorded tape (CSV or CSV.gz of trades)")
    .option("--symbol <symbol>", "the instrument of the tape, if it has several")
    .option("--market <market>", "its market, if the tape has several")
    .option("--speed <n>", "times the tape's own pace, or max", speed, "max")
    .option("--exit", "end when the tape does or no bot is left, with a table of results")
    .option("--dashboard <host:port>", "where bots are shown (127.0.0.1:8000)", dashboardAddress)
    .option("--no-dashboard", "show them nowhere; so it is with --exit, unless a place is given")
    .option("--notify <file>", "JSON with who is told when bots crash, or data is stale")
    .addOption(
      new Option("--log <format>", "lines for people, or JSON with time, level, bot and market")
        .choices(["text", "json"]).default("text"),
    )
    .option("--keep", "keep the replay in the database, and go on with it next time")
    .addHelpText("after", EXAMPLES)
    .action((paths, options, command) => run({ paths, options, command, join }));
}

/** So long may what is under way take when somebody stops it, in milliseconds. */
const PATIENCE = 4_500;

/** What was asked for, and how its parts are joined. */
interface Asked {
  paths: string[];
  options: LiveOptions;
  command: Command;
  join: (parts: LiveParts) => LiveParts;
}

async function run({ paths, options, command, join }: Asked): Promise<void> {
  refuseMixed(options, (name) => command.getOptionValueSource(name) === "cli");
  if (options.log === "json") formatNotes((await import("./json_log.ts")).jsonLog(writeError));
  const { standBy: standsBy = false } = options, restores = paths.length === 0;
  if (standsBy && !restores) {
    throw new InputError(`--stand-by starts no config, but here is one: ${paths.join(", ")}`);
  }
  const notifying = options.notify === undefined
    ? undefined
    : await readNotifySettings(options.notify);
  const configs = standsBy ? [] : await readConfigs(paths);
  const wanted = { configs, restores, join, notifying };
  if (options.replay === undefined) await liveOnExchanges(wanted, options);
  else await liveOnTape(wanted, options.replay, options);
}

/** What is to be traded, and how the parts are joined. */
interface Wanted extends Pick<Asked, "join"> {
  notifying: Notifying | undefined;
  configs: readonly Config[];
  restores: boolean;
}

async function liveOnTape(
  { configs, restores, join, notifying }: Wanted,
  path: string,
  options: LiveOptions,
): Promise<void> {
  const { market, symbol, speed, exit = false, keep = false, dashboard } = options;
  const leaveOut = (lack: string) => {
    // Who names no config means all that can be traded.
    if (!restores) throw new InputError(`Cannot trade on the tape: ${lack}`);
    note(`Left out: ${lack}`);
  };
  const binding = await bindToTape(configs, { path, market, symbol, leaveOut });
  for (const line of binding.notes) note(`Note: ${line}`);
  const stop = stopSignal(undefined, PATIENCE);
  guardDriver();
  const throwaway = keep ? undefined : `replay_${crypto.randomUUID().replaceAll("-", "_")}`;
  const database = await openDatabase({ throwaway });
  const page = dashboard ?? (exit ? false : undefined);
  await trading(database, { join, notifying, dashboard: page }, async () => {
    const found = await tradeOnTape(database.store, binding, speed);
    return { ...found, endsWithSource: exit, isKept: keep, restores, stop };
  });
}

async function liveOnExchanges(
  { configs, restores, join, notifying }: Wanted,
  options: LiveOptions,
): Promise<void> {
  const { exchange, warmUp, fresh = false, keepTrades, dashboard, verifyHour } = options;
  const settings = await readExchangeOptions(options.exchangeOptions),
    stop = stopSignal(undefined, PATIENCE);
  const placed = configs.map((config) =>
    exchange === undefined ? config : { ...config, market: { ...config.market, exchange } }
  );
  guardDriver();
  const { checkExchanges, tradeOnExchanges } = await import("./trade_on_exchanges.ts");
  await checkExchanges(placed);
  const database = await openDatabase();
  await trading(database, { join, notifying, dashboard }, async () => {
    const wanted = { configs: placed, settings, warmUp, fresh, stop };
    const found = await tradeOnExchanges(database.store, wanted);
    if (!found) return undefined;
    const collecting = { ...found.collecting, rawTrades: keepTrades !== undefined };
    maintaining(database.store, { rawTradesMonths: keepTrades }, stop);
    return { ...found, collecting, endsWithSource: true, restores, stop, verifyHour };
  });
}

/** Trades what `prepare` gives; nothing if someone stopped it meanwhile. */
async function trading(
  database: OpenDatabase,
  { join, notifying, dashboard }:
    & Pick<Wanted, "join" | "notifying">
    & Pick<LiveOptions, "dashboard">,
  prepare: () => Promise<PaperTrading | undefined>,
): Promise<void> {
  await closing(database, async () => {
    const bus = await openBus(database.url, note);
    await closing(bus, async () => {
      let notifier: Notifier | undefined;
      const receivers = () => notifier?.receivers() ?? [];
      const page = await liveDashboard({ url: database.url, bus, receivers }, dashboard);
      await closing(page, async () => {
        const found = await prepare();
        if (!found) return;
        const parts = join({ store: database.store, bus, trading: found });
        notifier = await liveNotifier(database.url, notifying, found.stop);
        await closing(notifier, () => paperTrade(parts.store, parts.bus, parts.trading));
      });
    });
  });
}
