import { Command, InvalidArgumentError } from "commander";
import type { Address } from "../dashboard/listen.ts";
import type { ReplaySpeed } from "../exchanges/replay_clock.ts";
import { InputError } from "../market/errors.ts";
import type { Bus } from "../ports/bus.ts";
import type { Store } from "../ports/store.ts";
import type { Config } from "../strategy/config.ts";
import { openBus } from "./bus.ts";
import { closing } from "./closing.ts";
import { readConfigs } from "./config_files.ts";
import { dashboardAddress } from "./dashboard_address.ts";
import { type OpenDatabase, openDatabase } from "./database.ts";
import { note } from "./output.ts";
import { guardDriver } from "./driver_guard.ts";
import { readExchangeOptions } from "./exchange_options.ts";
import { liveDashboard } from "./live_dashboard.ts";
import { liveNotifier, type Notifying } from "./live_notifier.ts";
import { maintaining } from "./maintaining.ts";
import { readNotifySettings } from "./notify_settings.ts";
import { paperTrade, type PaperTrading } from "./paper_trading.ts";
import { bindToTape } from "./replay.ts";
import { stopSignal } from "./stop_signal.ts";
import { tradeOnTape } from "./trade_on_tape.ts";

interface Options {
  exchange?: string;
  exchangeOptions?: string;
  warmUp?: number;
  fresh?: boolean;
  standBy?: boolean;
  keepTrades?: number;
  verifyHour: number;
  replay?: string;
  symbol?: string;
  market?: string;
  speed: ReplaySpeed;
  exit?: boolean;
  keep?: boolean;
  /** `false` is none; unless given it is where it usually is. */
  dashboard?: Address | false;
  notify?: string;
}

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
    .option("--exit", "end when the tape does, with a table of results")
    .option("--dashboard <host:port>", "where bots are shown (127.0.0.1:8000)", dashboardAddress)
    .option("--no-dashboard", "show them nowhere; so it is with --exit, unless a place is given")
    .option("--notify <file>", "JSON with who is told when bots crash, or data is stale")
    .option("--keep", "keep the replay in the database, and go on with it next time")
    .addHelpText("after", EXAMPLES)
    .action((paths, options, command) => run({ paths, options, command, join }));
}

function speed(text: string): ReplaySpeed {
  const value = Number(text);
  if (text === "max") return text;
  if (value > 0 && value <= 1e6) return value;
  throw new InvalidArgumentError("It must be max or a number above 0.");
}

function count(text: string): number {
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It must be a whole number from 0 to 99999.");
}

function hour(text: string): number {
  if (/^\d{1,2}$/.test(text) && Number(text) < 24) return Number(text);
  throw new InvalidArgumentError("It must be a whole number from 0 to 23.");
}
/** So long may what is under way take when somebody stops it, in milliseconds. */
const PATIENCE = 4_500;

/** What only one of the two ways to trade knows. */
const OF_TAPES = ["symbol", "market", "speed", "exit", "keep"] as const;
const OF_EXCHANGES = [
  "exchange",
  "exchangeOptions",
  "warmUp",
  "fresh",
  "keepTrades",
  "verifyHour",
  "standBy",
  "keepTrades",
] as const;

/** What was asked for, and how its parts are joined. */
interface Asked {
  paths: string[];
  options: Options;
  command: Command;
  join: (parts: LiveParts) => LiveParts;
}

async function run({ paths, options, command, join }: Asked): Promise<void> {
  refuseMixed(options, (name) => command.getOptionValueSource(name) === "cli");
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

function refuseMixed({ replay }: Options, isGiven: (name: keyof Options) => boolean): void {
  const live = replay === undefined, wrong = (live ? OF_TAPES : OF_EXCHANGES).find(isGiven);
  if (wrong === undefined) return;
  const flag = wrong.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new InputError(
    live
      ? `--${flag} is for a tape: give one with --replay`
      : `--${flag} is for trading live: leave --replay out, or it`,
  );
}

async function liveOnTape(
  { configs, restores, join, notifying }: Wanted,
  path: string,
  options: Options,
): Promise<void> {
  const { market, symbol, speed, exit = false, keep = false, dashboard } = options;
  const leaveOut = (lack: string) => {
    // Who names no config means all that can be traded.
    if (!restores) throw new InputError(`Cannot trade on the tape: ${lack}`);
    note(`Left out: ${lack}`);
  };
  const binding = await bindToTape(configs, { path, market, symbol, leaveOut });
  const stop = stopSignal(undefined, PATIENCE);
  guardDriver();
  const throwaway = keep ? undefined : `replay_${crypto.randomUUID().replaceAll("-", "_")}`;
  const database = await openDatabase({ throwaway });
  const found = { ...tradeOnTape(binding, speed), exit, restores, stop };
  const page = dashboard ?? (exit ? false : undefined);
  await trading(database, { join, notifying, dashboard: page }, () => Promise.resolve(found));
}

async function liveOnExchanges(
  { configs, restores, join, notifying }: Wanted,
  options: Options,
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
    return { ...found, collecting, exit: true, restores, stop, verifyHour };
  });
}

/** Trades what `prepare` gives; nothing if someone stopped it meanwhile. */
async function trading(
  database: OpenDatabase,
  { join, notifying, dashboard }: Pick<Wanted, "join" | "notifying"> & Pick<Options, "dashboard">,
  prepare: () => Promise<PaperTrading | undefined>,
): Promise<void> {
  await closing(database, async () => {
    const bus = await openBus(database.url, note);
    await closing(bus, async () => {
      const page = await liveDashboard({ url: database.url, bus }, dashboard);
      await closing(page, async () => {
        const found = await prepare();
        if (!found) return;
        const parts = join({ store: database.store, bus, trading: found });
        const notifier = await liveNotifier(database.url, notifying);
        await closing(notifier, () => paperTrade(parts.store, parts.bus, parts.trading));
      });
    });
  });
}
