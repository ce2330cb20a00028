import assert from "node:assert/strict";
import fc from "fast-check";
import { type AccountSettings, DEFAULT_ACCOUNT } from "../../engine/account/settings.ts";
import { Candles } from "../../engine/market/candles.ts";
import { resample } from "../../engine/market/resample.ts";
import { withInstruments } from "../../engine/market/with_instruments.ts";
import { backtest } from "../../engine/research/backtest.ts";
import { type Expression, isScalar } from "../../engine/series/expression.ts";
import { mayBeShort } from "../../engine/strategy/strategy.ts";
import { evaluateAll } from "../series/evaluate.ts";
import { assertProperty } from "../support/property.ts";
import { allStrategies } from "./all_strategies.ts";
import { assertChunkLaw, planMachine } from "./chunk_law.ts";
import { madeCandles, madeOther, madeTogether, OTHER } from "./made_candles.ts";
import { expressionsOf, randomStrategies } from "./random_strategy.ts";
import { assertSameBits } from "./same_bits.ts";

const MADE = { rows: 6_000, seed: 8 }, MINUTES = madeTogether(MADE);
const strictly = (candles: Candles) => resample(candles, "5m", { source: "strict" });
const LONGER = withInstruments(strictly(MINUTES), { [OTHER]: strictly(madeOther(MADE)) });
/** The row of `LONGER` that each minute closes; -1 for none. */
const CLOSED = Array.from(MINUTES.time, (time) => LONGER.time.indexOf(time));

const CLOCKS = { timeframe: "5m", base: "1m", decimals: MINUTES.decimals } as const;

Deno.test("the made minutes lack some that end five, and some within", () => {
  assert(MINUTES.gaps().length > 5);
  assert(resample(MINUTES, "5m").length > LONGER.length + 3);
});

/**
 * What a column of the longer candles is on the minutes: its newest value, or only where it closes. A
 * parameter is known before there is one.
 */
function shown(values: Float64Array, expression: Expression, once: boolean): Float64Array {
  let newest = isScalar(expression) ? values[0] : NaN;
  return Float64Array.from(CLOSED, (row) => {
    if (row >= 0) newest = values[row];
    return once && row < 0 ? 0 : newest;
  });
}

Deno.test("Law 1 with a base clock, over random graphs, each row of which is the longer candles' own", () => {
  let graphs = 0, known = 0;
  const property = fc.property(randomStrategies, ({ strategy, values }) => {
    const expressions = expressionsOf(strategy), once = new Set(Object.keys(strategy.signals));
    const options = { ...CLOCKS, parameters: values, once };
    const { columns } = assertChunkLaw(
      planMachine(expressions, options, MINUTES.length),
      MINUTES,
      graphs++,
    );
    const plain: Record<string, Float64Array> = evaluateAll(
      expressions as Record<string, Expression>,
      LONGER,
      values,
    );
    for (const [name, column] of columns) {
      assertSameBits(column, shown(plain[name], expressions[name], once.has(name)), name);
      known += column.filter((value) => value === value).length / column.length / columns.size;
    }
  });
  assertProperty(property, 40);
  assert(known > 0.8 * graphs, `${known} of ${graphs} columns are known`);
});

/** Minutes of which none is missing or silent, so that five of them open with the first one. */
const livelyOnes = (made: Candles) => {
  const minutes = made.rows();
  const start = minutes[0].time - minutes[0].time % 300_000;
  const rows = minutes.map((row, i) => ({
    ...row,
    time: start + (i + 1) * 60_000,
    volume: row.volume + 1,
    kind: "traded" as const,
  }));
  return Candles.fromRows("1m", rows, 2);
};
const LIVELY = { rows: 12_000, seed: 9 };
const livelyOther = livelyOnes(madeOther(LIVELY));
const lively = withInstruments(livelyOnes(madeCandles(LIVELY)), { [OTHER]: livelyOther });

const ACCOUNTS: Partial<AccountSettings>[] = [
  { fee: 0.0001, slippage: 0.0002, impact: 0.01 },
  { fee: 0, fill: "close", size: 0.5, lot: 0.01, cooldown: 2 },
];

for (const strategy of await allStrategies()) {
  Deno.test(`Without stops a base clock changes no trade of ${strategy.name}, and no equity at a close`, () => {
    const bare = Object.assign(Object.create(Object.getPrototypeOf(strategy)), strategy, {
      stops: {},
    }) as typeof strategy;
    const longer = withInstruments(strictly(lively), { [OTHER]: strictly(livelyOther) });
    for (const settings of ACCOUNTS) {
      const account = { ...DEFAULT_ACCOUNT, shorts: mayBeShort(strategy), ...settings };
      const plain = backtest(bare, longer, { account });
      const fine = backtest(bare, lively, { account, timeframe: "5m" });
      assert(plain.trades.length > 5, `${plain.trades.length} trades`);
      assert.deepEqual(fine.signals.rows, plain.signals.rows);
      // A fill at the close that ends one five ends one of the minutes, too.
      assert.deepEqual(fine.fills.rows, plain.fills.rows);
      const closes = fine.candles.time;
      for (const name of ["equity", "cash", "position"] as const) {
        const at = fine.equity.columns[name].filter((_, row) => closes[row] % 300_000 === 0);
        assertSameBits(at, plain.equity.columns[name], name);
      }
    }
  });
}

Deno.test("A base clock that is the strategy's own timeframe changes nothing", async () => {
  for (const strategy of await allStrategies()) {
    const plain = backtest(strategy, LONGER),
      same = backtest(strategy, LONGER, { timeframe: "5m" });
    assert.deepEqual(same.spec, plain.spec);
    assert.deepEqual(same.trades.rows, plain.trades.rows);
    assertSameBits(same.equity.columns.equity, plain.equity.columns.equity, "equity");
  }
});
