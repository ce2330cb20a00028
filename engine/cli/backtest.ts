import { Command } from "commander";
import type { PortfolioSettings } from "../account/portfolio/settings.ts";
import { madeCaption } from "../charts/captions.ts";
import { InputError } from "../market/errors.ts";
import { iso } from "../market/time.ts";
import { openTime } from "../market/timeframe.ts";
import { summaryText } from "../metrics/summary_text.ts";
import { toJson } from "../metrics/to_json.ts";
import { CANDLES_ARE } from "./backtest_candles.ts";
import { type RanBacktest, runBacktest, type RunOptions, withRunOptions } from "./backtest_run.ts";
import {
  namesInstruments,
  portfolioText,
  runPortfolio,
  several,
  withPortfolio,
} from "./backtest_portfolio.ts";
import { ACCOUNT_EXAMPLE } from "./options.ts";
import { print } from "./output.ts";
import { savedRun } from "./saved_run.ts";

interface Options extends RunOptions {
  candles: string[];
  portfolio?: PortfolioSettings;
  all?: boolean;
  json?: boolean;
}

/** `backtest STRATEGY.ts|CONFIG.json --candles FILE` */
export function backtestCommand(): Command {
  const command = new Command()
    .description("Backtest a strategy over candles, of a file or of the archive")
    .argument("<strategy>", "a strategy (STRATEGY.ts) or a promoted config (CONFIG.json)")
    .requiredOption(
      "--candles <candles>",
      `${CANDLES_ARE}; given several times as SYMBOL=CANDLES, instruments that share one account`,
      several,
    );
  return withRunOptions(withPortfolio(command))
    .option("--all", "print every metric, not only those that are read first")
    .option("--json", "print one JSON object instead of a table; `report` takes it")
    .addHelpText(
      "after",
      "\nExample:\n  deno task backtest strategies/sma_cross.ts --candles data/sample_candles_1h.csv.gz" +
        "\n  deno task backtest strategies/donchian_turtle.ts --candles data/sample_candles_1h.csv.gz " +
        `--account '${ACCOUNT_EXAMPLE}'` +
        "\n  deno task backtest strategies/sma_cross.ts --candles BTC/USDT=btc.csv --candles ETH/USDT=eth.csv",
    )
    .action(run);
}

async function run(path: string, options: Options): Promise<void> {
  if (await namesInstruments(options.candles)) {
    return print(portfolioText(await runPortfolio(path, options.candles, options), options));
  }
  if (options.portfolio !== undefined) {
    throw new InputError("--portfolio is for instruments by name: --candles SYMBOL=CANDLES …");
  }
  const ran = await runBacktest(path, options.candles[0], options);
  print(options.json ? json(ran, options) : text(ran, options));
}

function json(ran: RanBacktest, options: Options): string {
  const { result, notes } = ran, { settings, ...summary } = result.summary();
  const { candles, parameters, account, open, counts } = result;
  return toJson({
    summary,
    trades: result.trades.rows,
    openTrade: open ?? null,
    strategy: result.strategy?.name,
    params: parameters,
    account,
    timeframe: result.timeframe,
    candles: {
      timeframe: candles.timeframe,
      count: candles.length,
      from: openTime(candles.time[0], candles.timeframe),
      to: candles.time[candles.length - 1],
      gaps: candles.gaps(),
    },
    counts,
    settings,
    notes: [...notes, ...result.notes()],
    run: savedRun(ran, { ...options, candles: options.candles[0] }),
  });
}

function text({ result, notes }: RanBacktest, { all }: Pick<Options, "all">): string {
  const { candles, parameters, strategy } = result;
  const params = Object.entries(parameters).map(([name, value]) => `${name} ${value}`).join(", ");
  const from = iso(openTime(candles.time[0], candles.timeframe));
  const to = iso(candles.time[candles.length - 1]);
  return [
    `${strategy?.name} (${params}) over ${candles.length} ${candles.timeframe} candles${
      madeCaption(result)
    }, ${from} to ${to}`,
    summaryText(result.summary(), { all }).trimEnd(),
    ...[...notes, ...result.notes()].map((note) => `Note: ${note}`),
  ].join("\n");
}
