import { Command, InvalidArgumentError } from "commander";
import { openPostgresBus } from "../bus/postgres_bus.ts";
import type { ReplaySpeed } from "../exchanges/replay_clock.ts";
import { ReplayFeed } from "../exchanges/replay_feed.ts";
import { BotManager } from "../live/bot_manager.ts";
import { Collector, type CollectorWatch } from "../live/collector.ts";
import { newBot } from "../live/run_record.ts";
import { systemClock } from "../live/system_clock.ts";
import { iso } from "../market/checks.ts";
import { InputError } from "../market/errors.ts";
import type { Bus } from "../ports/bus.ts";
import type { BotRecord, MarketKey, Store } from "../ports/store.ts";
import type { Config } from "../strategy/config.ts";
import { botResult, botTable } from "./bot_table.ts";
import { openDatabase } from "./database.ts";
import { note, print } from "./output.ts";
import { type Binding, bindToTape } from "./replay.ts";
import { readConfigFile } from "./strategy_file.ts";

interface Options {
  replay?: string;
  symbol?: string;
  market?: string;
  speed: ReplaySpeed;
  exit?: boolean;
  keep?: boolean;
}

const EXAMPLE = "deno task live --replay data/sample_tape.csv.gz --exit";

/** `live [CONFIG…] [--replay TAPE]` */
export function liveCommand(): Command {
  return new Command()
    .description("Paper-trade configs: all in strategies/ unless some are named")
    .argument("[config...]", "config files")
    .option("--replay <tape>", "trade on a recorded tape (CSV or CSV.gz of trades)")
    .option("--symbol <symbol>", "the instrument of the tape, if it has several")
    .option("--market <market>", "its market, if the tape has several")
    .option("--speed <n>", "times the tape's own pace, or max", speed, "max")
    .option("--exit", "end when the tape does, with a table of results")
    .option("--keep", "keep the replay in the database, and go on with it next time")
    .addHelpText("after", `\nExample:\n  ${EXAMPLE}`)
    .action(run);
}

function speed(text: string): ReplaySpeed {
  const value = Number(text);
  if (text === "max") return text;
  if (value > 0 && value <= 1e6) return value;
  throw new InvalidArgumentError("It must be max or a number above 0.");
}

async function run(paths: string[], options: Options): Promise<void> {
  const configs = await readConfigs(paths);
  if (options.replay === undefined) {
    throw new InputError(
      `No exchange can be reached yet, so there is nothing to trade on live. On a tape:\n  ${EXAMPLE}`,
    );
  }
  const { replay: path, market, symbol } = options;
  const binding = await bindToTape(configs, { path, market, symbol });
  const throwaway = options.keep ? undefined : `replay_${crypto.randomUUID().replaceAll("-", "_")}`;
  const database = await openDatabase(throwaway ? { throwaway } : {});
  try {
    const bus = await openPostgresBus(database.url);
    try {
      await trade(binding, database.store, bus, { ...options, replay: path });
    } finally {
      await bus.close();
    }
  } finally {
    await database.close();
  }
}

async function readConfigs(paths: readonly string[]): Promise<Config[]> {
  const files = paths.length > 0 ? paths : configsIn("strategies");
  const loaded = await Promise.all(files.map(readConfigFile));
  const names = loaded.map(({ config }) => config.name);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice) throw new InputError(`Two configs are called "${twice}": each bot needs its own name`);
  return loaded.map(({ config }) => config);
}

function configsIn(folder: string): string[] {
  const files = [...Deno.readDirSync(folder)].map(({ name }) => name)
    .filter((name) => name.endsWith(".json") && !name.endsWith(".schema.json"));
  if (files.length > 0) return files.sort().map((name) => `${folder}/${name}`);
  throw new InputError(`There is no config in ${folder}/: promote a strategy first`);
}

/** Runs collector and bots until the tape ends or someone stops them. */
async function trade(
  { bound, venue }: Binding,
  store: Store,
  bus: Bus,
  { replay: path, speed, exit }: Options & { replay: string },
): Promise<void> {
  const stop = stopOnSignal(), feed = new ReplayFeed({ path, speed, venue }, systemClock);
  const manager = new BotManager(store, bus, systemClock, note);
  const collector = new Collector(feed, store, bus, watch());
  const ids = new Set<string>();
  for (const { config, decimals } of bound) {
    const bot = newBot(config, { decimals: decimals ?? null, anchor: 0, start: 0 });
    const { id, status } = await store.bots.create(bot);
    ids.add(id);
    if (status !== "finished") manager.start(id);
  }
  const markets = distinct(bound.map(({ config }) => config.market));
  for (const id of await manager.restore((bot) => markets.some(sameMarket(bot)))) ids.add(id);
  await collector.collect(markets, stop);
  if (!stop.aborted) await manager.caughtUp();
  report(collector);
  if (!exit && !stop.aborted) await systemClock.sleep(FOREVER, stop);
  if (stop.aborted) await manager.stop();
  else await manager.finish("the tape ended");
  const bots = (await store.bots.list()).filter(({ id }) => ids.has(id));
  print(botTable(await Promise.all(bots.map((bot) => botResult(store, bot)))));
}

/** The longest that a timer can wait. */
const FOREVER = 2 ** 31 - 1;

/** Aborts on the first SIGINT or SIGTERM; the second one ends the process at once. */
function stopOnSignal(): AbortSignal {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) Deno.exit(130);
    note("Stopping: the transactions under way are finished first");
    controller.abort();
  };
  Deno.addSignalListener("SIGINT", stop);
  Deno.addSignalListener("SIGTERM", stop);
  return controller.signal;
}

/** Says every few seconds how far the tape is. */
function watch(): CollectorWatch {
  let said = systemClock.now();
  return {
    refused: (reason) => note(`Left out: ${reason}`),
    progress(time) {
      if (systemClock.now() - said < 5_000) return;
      said = systemClock.now();
      note(`The tape is at ${iso(Math.floor(time / 1_000) * 1_000)}`);
    },
  };
}

function report({ stats: { trades, candles, late, refused } }: Collector): void {
  const parts = [`${trades} trades`, `${candles} new candles`];
  if (late > 0) parts.push(`${late} trades too late for their candle`);
  if (refused > 0) parts.push(`${refused} trades left out`);
  note(`The tape gave ${parts.join(", ")}`);
}

function distinct(markets: readonly MarketKey[]): MarketKey[] {
  return markets.filter((market, i) => markets.findIndex(isSame(market)) === i);
}

function isSame(a: MarketKey): (b: MarketKey) => boolean {
  return (b) => a.exchange === b.exchange && a.symbol === b.symbol && a.timeframe === b.timeframe;
}

function sameMarket({ config }: BotRecord): (market: MarketKey) => boolean {
  return isSame((config as Config).market);
}
