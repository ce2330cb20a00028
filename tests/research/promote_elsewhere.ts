/** Promotes a backtest with the options that are given as JSON, in the folder it is run in; prints what is refused. */
import { print } from "../../engine/cli/output.ts";
import { backtest } from "../../engine/research/backtest.ts";
import { promote } from "../../engine/research/promote.ts";
import smaCross from "../../strategies/sma_cross.ts";
import { waves } from "./waves.ts";

const market = { exchange: "binance", symbol: "BTC/USDT" };
try {
  print(promote(backtest(smaCross, waves(400)), { ...JSON.parse(Deno.args[0]), market }));
} catch (error) {
  print((error as Error).message);
}
