import assert from "node:assert/strict";
import type { AccountSettings } from "../../engine/account/settings.ts";
import { readCandlesCsv } from "../../engine/market/candles_csv.ts";
import { keyMetrics } from "../../engine/metrics/key_metrics.ts";
import { toJson } from "../../engine/metrics/to_json.ts";
import { backtest } from "../../engine/research/backtest.ts";
import { SECOND_MARKET } from "../../data/samples.ts";
import { syntheticCandles } from "../../data/synthetic_candles.ts";
import { withInstruments } from "../../engine/market/with_instruments.ts";
import { neededInstruments } from "../../engine/strategy/needed_instruments.ts";
import { fingerprint } from "../../engine/research/fingerprint.ts";
import { loadConfig } from "../../engine/strategy/load.ts";
import { writeStrategy } from "../../engine/strategy/strategy_json.ts";
import { allStrategies } from "../laws/all_strategies.ts";

const FOLDER = new URL("../../strategies/", import.meta.url);
const sample = await readCandlesCsv("data/sample_candles_1m.csv.gz");
const together = withInstruments(sample, { "ETH/USDT": syntheticCandles(SECOND_MARKET.options) });
const prints = [sample, together].map(fingerprint);
const strategies = new Map((await allStrategies()).map((strategy) => [strategy.name, strategy]));

/** The configs that came with the strategies; others in the folder are a user's own. */
const promoted = [...Deno.readDirSync(FOLDER)].map(({ name }) => name)
  .filter((name) => name.endsWith(".json") && !name.endsWith(".schema.json")).sort()
  .map((name) => loadConfig(Deno.readTextFileSync(new URL(name, FOLDER)), name))
  .filter(({ config: { name, receipt }, strategy }) =>
    name === `${strategy.name}_1m` && prints.includes(receipt?.data.fingerprint ?? "")
  );

Deno.test("There is a config of every strategy that is part of Lockstep", () => {
  assert.ok(promoted.length >= 13, `${promoted.length} configs`);
});

for (const { config, strategy, parameters } of promoted) {
  Deno.test(`${config.name} is its file's strategy, and a backtest gives what its receipt says`, () => {
    const { params: _, ...written } = config.strategy;
    const own = writeStrategy(strategies.get(strategy.name)!);
    assert.deepEqual(written, JSON.parse(JSON.stringify(own)));
    const account = config.account as AccountSettings;
    const reads = neededInstruments(strategy).length > 0;
    const result = backtest(strategy, reads ? together : sample, { params: parameters, account });
    assert.deepEqual(config.receipt?.metrics, JSON.parse(toJson(keyMetrics(result.summary()))));
    assert.ok(result.trades.length >= 20, `${result.trades.length} trades`);
  });
}
