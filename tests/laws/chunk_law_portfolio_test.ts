/** Law 1 for portfolios: time cut anywhere, the run saved and resumed at the cuts, gives the same bits. */
import assert from "node:assert/strict";
import fc from "fast-check";
import {
  emptyPortfolioCurve,
  type PortfolioCurve,
} from "../../engine/account/portfolio/portfolio_curve.ts";
import type { Candles } from "../../engine/market/candles.ts";
import { backtestPortfolio } from "../../engine/research/backtest_portfolio.ts";
import { PortfolioRun, type PortfolioSpec } from "../../engine/run/portfolio_run.ts";
import {
  HOUR,
  type RandomPortfolio,
  randomPortfolio,
  START,
} from "../research/random_portfolios.ts";
import { indicator } from "../../engine/series/operators/technicalindicators/indicator.ts";
import { strategy } from "../../engine/strategy/strategy.ts";
import { assertProperty } from "../support/property.ts";
import { assertSameBits } from "./same_bits.ts";

interface Output {
  columns: Record<string, number[]>;
  events: unknown[];
  memory: Uint8Array;
}

/** The rows of a curve as plain lists, one a column. */
function listed(curve: PortfolioCurve, rows: number): Record<string, number[]> {
  const { position, value, profit, ...own } = curve;
  const each = { position, value, profit };
  return Object.fromEntries([
    ...Object.entries(own),
    ...Object.entries(each).flatMap(([name, columns]) =>
      columns.map((column, n) => [`${name} ${n}`, column] as const)
    ),
  ].map(([name, column]) => [name, [...column.subarray(0, rows)]]));
}

/** The candles that close behind one time and by another. */
function part(candles: Candles, after: number, until: number): Candles {
  const closed = (time: number) => candles.time.findLastIndex((close) => close <= time) + 1;
  return candles.slice(closed(after), closed(until));
}

/** Takes all candles, those of each span of time at once; resumes in a new run where it is told to. */
function drive(
  spec: PortfolioSpec,
  candles: Record<string, Candles>,
  cuts: readonly { at: number; chunk: number; resumes: boolean }[],
): Output {
  const names = spec.instruments.map(({ name }) => name), events: unknown[] = [];
  const columns: Record<string, number[]> = {};
  const make = (chunk: number) =>
    new PortfolioRun({
      ...spec,
      instruments: spec.instruments.map(({ name, run }) => ({ name, run: { ...run, chunk } })),
    });
  let run = make(4096), after = -Infinity;
  for (const { at, chunk, resumes } of [...cuts, { at: Infinity, chunk: 3, resumes: false }]) {
    if (resumes) {
      const bytes = run.save();
      run = make(chunk);
      if (run.replays) run.replay(names.map((name) => part(candles[name], -Infinity, after)));
      run.restore(bytes);
    }
    const given = names.map((name) => part(candles[name], after, at));
    const length = given.reduce((sum, { length }) => sum + length, 0);
    const curve = emptyPortfolioCurve(length, names.length);
    const note = (event: object) => events.push(event);
    const rows = run.advance(given, curve, { signal: note, refuse: note, fill: note, trade: note });
    for (const [name, values] of Object.entries(listed(curve, rows))) {
      columns[name] = [...columns[name] ?? [], ...values];
    }
    after = at;
  }
  return { columns, events, memory: run.save() };
}

const cut = fc.record({
  at: fc.integer({ min: 0, max: 90 }).map((hour) => START + hour * HOUR),
  chunk: fc.constantFrom(1, 2, 7, 4096),
  resumes: fc.boolean(),
});

const cuttings = fc.array(cut, { minLength: 1, maxLength: 12 }).map((cuts) =>
  cuts.toSorted((a, b) => a.at - b.at)
);

function assertSame(found: Output, whole: Output): void {
  assert.deepStrictEqual(found.events, whole.events);
  for (const [name, column] of Object.entries(whole.columns)) {
    assertSameBits(Float64Array.from(found.columns[name]), Float64Array.from(column), name);
  }
  assert.deepStrictEqual(found.memory, whole.memory);
}

function law(
  check: (input: RandomPortfolio, cuts: Parameters<typeof drive>[2]) => void,
  runs = 300,
): void {
  assertProperty(fc.property(randomPortfolio, cuttings, check), runs);
}

Deno.test("Law 1 for portfolios: any cutting of time gives the same bits", () => {
  let fills = 0;
  law(({ strategy, candles, options }, cuts) => {
    const result = backtestPortfolio(strategy, candles, options);
    const whole = drive(result.spec, candles, []);
    assert.deepStrictEqual(whole.columns.equity, [...result.equity.column("equity")]);
    fills += result.fills.length;
    assertSame(drive(result.spec, candles, cuts), whole);
  });
  assert(fills > 2_000, `${fills} fills`);
});

Deno.test("Law 1 for portfolios of strategies with hidden state, by replay", () => {
  const hidden = strategy("hidden", {}, {
    build: (_, { close }) => {
      const average = indicator("WMA", { values: close, period: 3 });
      return { enterLong: close.above(average), exitLong: close.below(average), stopLoss: 0.1 };
    },
  });
  let fills = 0;
  law(({ candles, options }, cuts) => {
    const result = backtestPortfolio(hidden, candles, options);
    fills += result.fills.length;
    assertSame(drive(result.spec, candles, cuts), drive(result.spec, candles, []));
  }, 60);
  assert(fills > 300, `${fills} fills`);
});

Deno.test("Law 1 for portfolios goes red when something is not remembered", () => {
  const { restore } = PortfolioRun.prototype;
  const forgets: [string, (run: PortfolioRun) => void][] = [
    ["the cash", ({ portfolio: { book } }) => book.cash += 1e-9],
    ["a close", ({ portfolio: { members } }) => members[0].close = NaN],
    ["the peak", ({ portfolio: { book } }) => book.peak *= 1.5],
  ];
  for (const [what, forget] of forgets) {
    PortfolioRun.prototype.restore = function (bytes) {
      restore.call(this, bytes);
      forget(this);
    };
    try {
      assert.throws(() =>
        law(({ strategy, candles, options }, cuts) => {
          const { spec } = backtestPortfolio(strategy, candles, options);
          assertSame(drive(spec, candles, cuts), drive(spec, candles, []));
        }), what);
    } finally {
      PortfolioRun.prototype.restore = restore;
    }
  }
});

Deno.test("Candles of a time that was taken already are refused", () => {
  const [{ strategy, candles, options }] = fc.sample(randomPortfolio, { numRuns: 1, seed: 5 });
  const { spec } = backtestPortfolio(strategy, candles, options), run = new PortfolioRun(spec);
  const given = spec.instruments.map(({ name }) => candles[name]);
  const note = () => {};
  const events = { signal: note, refuse: note, fill: note, trade: note };
  const length = given.reduce((sum, { length }) => sum + length, 0);
  const curve = emptyPortfolioCurve(length, given.length);
  run.advance(given, curve, events);
  assert.throws(() => run.advance(given, curve, events), /was taken before/);
});
