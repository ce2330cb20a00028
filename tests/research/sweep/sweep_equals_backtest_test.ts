import assert from "node:assert/strict";
import fc from "fast-check";
import type { AccountSettings } from "../../../engine/account/settings.ts";
import { allSettings } from "../../../engine/account/settings.ts";
import type { MetricsOptions } from "../../../engine/metrics/settings.ts";
import { accountSettings } from "../../../engine/research/account_settings.ts";
import { backtest } from "../../../engine/research/backtest.ts";
import { SWEEP_NUMBERS } from "../../../engine/research/sweep/numbers.ts";
import { listSets } from "../../../engine/research/sweep/parameter_sets.ts";
import { isPlain } from "../../../engine/research/sweep/plain_lane.ts";
import { sweep } from "../../../engine/search/sweep.ts";
import type { ParameterValues } from "../../../engine/series/scalars.ts";
import { sellsShort, Strategy } from "../../../engine/strategy/strategy.ts";
import { madeTogether } from "../../laws/made_candles.ts";
import { randomStrategies, type RandomStrategy } from "../../laws/random_strategy.ts";

const CASES = 36;

const candles = madeTogether({ rows: 4_500, seed: 9 });

const ACCOUNTS: readonly Partial<AccountSettings>[] = [
  {},
  { fill: "close", fee: 0.002, slippage: 0.001, size: 0.4 },
  { spread: 0.001, maxDrawdown: 0.3 },
  { lot: 0.01, fixedFee: 0.1, makerFee: 0 },
];

const METRICS: readonly MetricsOptions[] = [{}, { period: "1m" }, { period: "1h", riskFree: 0.03 }];

/** Without what keeps an account from being a plain one, or as it is. */
const simplified = ({ strategy, values }: RandomStrategy, isSimple: boolean): RandomStrategy => {
  const { reducePart, ...others } = strategy.stops, { reduceLong } = strategy.signals;
  // What is to be closed in parts has to be asked for.
  const stops = reduceLong === undefined ? others : { ...others, reducePart };
  if (!isSimple) return { strategy: new Strategy({ ...strategy, stops }), values };
  const { enterLong, exitLong } = strategy.signals;
  const signals = { enterLong: enterLong!, exitLong: exitLong! };
  return { strategy: new Strategy({ ...strategy, signals, stops: {} }), values };
};

const neighbours = (values: ParameterValues): ParameterValues[] => [
  values,
  { ...values, short: Number(values.short) % 12 + 1 },
  { ...values, long: 13 + Number(values.long) % 28, level: 0.1 },
];

Deno.test("a sweep's numbers are those of single backtests, to 1e-12", async () => {
  let plain = 0, traded = 0;
  const property = fc.asyncProperty(
    randomStrategies,
    fc.boolean(),
    fc.constantFrom(...ACCOUNTS),
    fc.constantFrom(...METRICS),
    async (random, isSimple, account, metrics) => {
      const { strategy, values } = simplified(random, isSimple), list = neighbours(values);
      const found = await sweep(strategy, candles, listSets(strategy, list), { account, metrics });
      if (isPlain(strategy, allSettings(accountSettings(account, sellsShort(strategy))))) plain++;
      list.forEach((params, set) => {
        const summary = backtest(strategy, candles, { params, account }).summary(metrics);
        const row = found.row(set);
        for (const name of SWEEP_NUMBERS) assertNear(row[name], summary[name], `${name} of ${set}`);
        traded += summary.trades;
      });
    },
  );
  await fc.assert(property, { seed: 20_240_809, numRuns: CASES });
  assert(plain > CASES / 5 && plain < CASES / 2, `${plain} of ${CASES} accounts are plain`);
  assert(traded > 100 * CASES, `only ${traded} trades`);
});

function assertNear(found: number, expected: number, name: string): void {
  if (Object.is(found, expected)) return;
  const isNear = Math.abs(found - expected) <= 1e-12 * Math.max(1e-3, Math.abs(expected));
  assert(isNear && !name.startsWith("trades"), `${name} is ${found}, but should be ${expected}`);
}
