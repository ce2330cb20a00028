import assert from "node:assert/strict";
import { backtest } from "../../../engine/research/backtest.ts";
import { SWEEP_NUMBERS } from "../../../engine/research/sweep/numbers.ts";
import { gridSets } from "../../../engine/research/sweep/parameter_sets.ts";
import { sweep } from "../../../engine/search/sweep.ts";
import { crossesAbove, crossesBelow, ema, sma } from "../../../engine/series/mod.ts";
import { whole } from "../../../engine/strategy/parameters.ts";
import { strategy } from "../../../engine/strategy/strategy.ts";
import { madeTogether } from "../../laws/made_candles.ts";

/** So many sets that averages and closes are looked at by blocks; longer than a chunk, and no whole number of blocks. */
const SPACE = { fast: "2..10", slow: "11..19" }, ROWS = 5_003;

/** What a number is small beside: a mean is known as well as the deviation that it is divided by, a year of minutes' here. */
const LEAST = {
  totalReturn: 1e-3,
  sharpe: Math.sqrt(525_600),
  maxDrawdown: 1e-3,
  trades: 0,
  turnover: 1,
};

const candles = madeTogether({ rows: ROWS, seed: 12 });

const long = strategy("long", { fast: whole(2), slow: whole(11) }, {
  build({ fast, slow }, { close }) {
    const quick = sma(close, fast), steady = ema(close, slow);
    return { enterLong: crossesAbove(quick, steady), exitLong: crossesBelow(quick, steady) };
  },
});

const both = strategy("both", { fast: whole(2), slow: whole(11) }, {
  build({ fast, slow }, { close }) {
    const quick = sma(close, fast), steady = sma(close, slow);
    const up = crossesAbove(quick, steady), down = crossesBelow(quick, steady);
    return { enterLong: up, exitLong: down, enterShort: down, exitShort: up, stopLoss: 0.02 };
  },
});

for (const it of [long, both]) {
  for (const account of [{ fee: 0 }, { fee: 0.001, fill: "close", size: 0.5 }] as const) {
    const name = `${it.name}, ${JSON.stringify(account)}`;
    Deno.test(`many sets are what each is alone: ${name}`, async () => {
      const sets = gridSets(it, SPACE), metrics = { period: "1m" } as const;
      const found = await sweep(it, candles, sets, { account, metrics });
      let peaks = 0;
      for (let set = 0; set < found.length; set++) {
        const result = backtest(it, candles, { params: sets.at(set), account });
        const summary = result.summary(metrics), row = found.row(set);
        for (const name of SWEEP_NUMBERS) {
          const off = Math.abs(row[name] - summary[name]), size = Math.abs(summary[name]);
          assert(off <= 1e-12 * Math.max(LEAST[name], size), `${name} of set ${set}`);
        }
        assert(summary.trades > 50);
        if (result.performance.equity.some((worth) => worth > 1.01 * result.account.balance)) {
          peaks++;
        }
      }
      assert(peaks > 0 || account.fee > 0, "some have new peaks");
    });
  }
}
