/** What holds of every portfolio, whatever the candles, the signals and the settings. */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { Fill } from "../../engine/account/ledger.ts";
import { inOrder } from "../../engine/account/portfolio/settings.ts";
import type { Candles } from "../../engine/market/candles.ts";
import { backtestPortfolio } from "../../engine/research/backtest_portfolio.ts";
import type { PortfolioResult } from "../../engine/research/portfolio_result.ts";
import { assertProperty } from "../support/property.ts";
import { type RandomPortfolio, randomPortfolio } from "./random_portfolios.ts";

type NamedFill = Fill & { instrument: string };

function holds(
  name: string,
  check: (result: PortfolioResult, input: RandomPortfolio) => void,
): void {
  Deno.test(name, () => {
    const property = fc.property(randomPortfolio, (input) => {
      check(backtestPortfolio(input.strategy, input.candles, input.options), input);
    });
    assertProperty(property, 250);
  });
}

function assertMoney(actual: number, expected: number, scale: number, what: string): void {
  assert(Math.abs(actual - expected) <= 1e-9 * scale, `${what}: ${actual} is not ${expected}`);
}

/** The last close of candles at or before a time, and NaN before there is one. */
function closeAt({ time, close }: Candles, when: number): number {
  let last = NaN;
  for (let i = 0; i < time.length && time[i] <= when; i++) last = close[i];
  return last;
}

const bought = ({ side, amount }: Fill) => side === "buy" ? amount : -amount;

/** Positions before each fill, by the fills alone. */
function before(fills: readonly NamedFill[]): Map<string, number>[] {
  const held = new Map<string, number>();
  return fills.map((fill) => {
    const now = new Map(held), position = (held.get(fill.instrument) ?? 0) + bought(fill);
    held.set(fill.instrument, fill.position === 0 ? 0 : position);
    return now;
  });
}

holds(
  "cash and the positions at their closes are the equity, bit for bit",
  (result, { candles }) => {
    const time = result.equity.column("time"), cash = result.equity.column("cash");
    result.equity.column("equity").forEach((equity, row) => {
      let sum = cash[row];
      for (const name of result.instruments) {
        const position = result.positions.column(name)[row];
        const value = position === 0 ? 0 : position * closeAt(candles[name], time[row]);
        assert.equal(result.values.column(name)[row], value, name);
        sum += value;
      }
      assert.equal(equity, sum);
    });
  },
);

holds("there is a row for each time at which a candle closes", (result, { candles }) => {
  const times = new Set(Object.values(candles).flatMap(({ time }) => [...time]));
  assert.deepEqual([...result.equity.column("time")], [...times].sort((a, b) => a - b));
});

holds("cash and positions change by the fills, and by nothing else", (result, { options }) => {
  const fills = result.fills.rows, positions = before(fills);
  let cash = options.account!.balance!;
  const most = Math.max(cash, ...fills.map((fill) => fill.cash));
  fills.forEach((fill, n) => {
    const side = fill.side === "buy" ? 1 : -1, held = positions[n].get(fill.instrument) ?? 0;
    assertMoney(fill.cash, cash - side * fill.amount * fill.price - fill.fee, most, "cash");
    assertMoney(fill.position, held + bought(fill), Math.abs(held) + fill.amount, "position");
    cash = fill.cash;
  });
  assert.equal(result.equity.column("cash").at(-1), cash);
  for (const name of result.instruments) {
    const last = fills.findLast(({ instrument }) => instrument === name)?.position ?? 0;
    assert.equal(result.positions.column(name).at(-1), last);
  }
});

holds("nothing is bought without the cash for it", (result) => {
  assert(result.fills.rows.every(({ cash }) => cash >= 0), "cash");
  assert(result.equity.column("cash").every((cash) => cash >= 0), "cash");
});

holds("every number is a number, and equity is never below zero", (result, { options }) => {
  const { balance } = options.account!;
  for (const columns of [result.equity, result.values, result.profits, result.positions]) {
    for (const column of Object.values(columns.columns)) assert(column.every(Number.isFinite));
  }
  for (const { side: _, reason: __, instrument: ___, ...numbers } of result.trades) {
    assert(Object.values(numbers).every(Number.isFinite), JSON.stringify(numbers));
  }
  assert(result.equity.column("equity").every((equity) => equity >= -1e-9 * balance!));
});

holds("what the instruments earned is the change of equity", (result, { options }) => {
  const { balance } = options.account!, equity = result.equity.column("equity");
  const most = Math.max(balance!, ...equity);
  equity.forEach((worth, row) => {
    const earned = result.instruments.map((name) => result.profits.column(name)[row]);
    assertMoney(balance! + earned.reduce((a, b) => a + b, 0), worth, most, `row ${row}`);
  });
  for (const { instrument, profit } of result.contributions) {
    const of = (rows: readonly { instrument: string; pnl: number }[]) =>
      rows.filter((row) => row.instrument === instrument).reduce((sum, { pnl }) => sum + pnl, 0);
    assertMoney(of(result.trades.rows) + of(result.open.rows), profit, most, instrument);
  }
});

holds("no entry opens more positions than may be", (result, { options }) => {
  const { maxOpenPositions = Infinity } = options.portfolio, positions = before(result.fills.rows);
  result.fills.rows.forEach(({ reason, instrument }, n) => {
    if (reason !== "entry") return;
    const others = [...positions[n]].filter(([name, held]) => name !== instrument && held !== 0);
    assert(others.length < maxOpenPositions, `fill ${n}`);
  });
});

/**
 * Asserts something of equity and of what the others hold before an entry, at the closes that it may
 * go by: those before its time, or the candle that it is filled inside of.
 */
function ofEntries(
  { result, candles }: { result: PortfolioResult; candles: Record<string, Candles> },
  check: (fill: NamedFill, equity: number, others: number) => boolean,
): void {
  const fills = result.fills.rows, positions = before(fills);
  fills.forEach((fill, n) => {
    if (fill.reason !== "entry") return;
    const cash = n === 0 ? result.account.balance : fills[n - 1].cash;
    const sums = [fill.time, fill.time - 1].map((when) => {
      let equity = cash, others = 0;
      for (const [name, held] of positions[n]) {
        if (held === 0) continue;
        equity += held * closeAt(candles[name], when);
        if (name !== fill.instrument) others += Math.abs(held * closeAt(candles[name], when));
      }
      return check(fill, equity, others);
    });
    assert(sums.includes(true), `fill ${n}: ${JSON.stringify(fill)}`);
  });
}

holds(
  "an entry keeps to the cap, with all that is held beside it",
  (result, { candles, options }) => {
    const { exposureCap = Infinity } = options.portfolio;
    ofEntries(
      { result, candles },
      ({ amount, price }, equity, others) =>
        others + amount * price <= exposureCap * equity * (1 + 1e-12),
    );
  },
);

holds("all that is held is no more than the equity when it is entered", (result, { candles }) => {
  ofEntries(
    { result, candles },
    ({ amount, price }, equity, others) => others + amount * price <= equity * (1 + 1e-12),
  );
});

holds("an entry takes no more than its share of the equity", (result, { candles, options }) => {
  const { account: { sizing = "fraction" } } = result, { allocation, weights } = options.portfolio;
  if (sizing !== "fraction" || weights === "inverseVolatility") return;
  const { maxOpenPositions = Infinity } = options.portfolio, { size } = result.account;
  const slots = Math.min(result.instruments.length, maxOpenPositions);
  ofEntries(
    { result, candles },
    ({ amount, price, fee, instrument }, equity) =>
      amount * price + fee <= (allocation?.[instrument] ?? 1 / slots) * size * equity * (1 + 1e-12),
  );
});

holds("in what order the instruments are given is all the same", (result, input) => {
  const { candles, options } = input, turned = Object.entries(candles).toReversed();
  const again = backtestPortfolio(input.strategy, Object.fromEntries(turned), options);
  assert.deepEqual(result.instruments, inOrder(Object.keys(candles), options.portfolio.priority));
  assert.deepEqual(again.instruments, result.instruments);
  assert.deepEqual(again.fills.rows, result.fills.rows);
  assert.deepEqual(again.trades.rows, result.trades.rows);
  assert.deepEqual(again.refusals.rows, result.refusals.rows);
  assert.deepEqual(again.equity.columns, result.equity.columns);
});

holds("at one time all that leaves goes before anything enters", (result, { options }) => {
  if (options.account!.fill === "close") return;
  const atOpen = new Map<number, string[]>();
  for (const { time, reason } of result.fills) {
    if (reason !== "entry" && reason !== "signal" && reason !== "reversal") continue;
    atOpen.set(time, [...atOpen.get(time) ?? [], reason === "entry" ? "enters" : "leaves"]);
  }
  if (Object.keys(result.spec.instruments[0].run.strategy.stops).some((s) => s.endsWith("Entry"))) {
    return;
  }
  for (const what of atOpen.values()) {
    assert(what.lastIndexOf("leaves") <= what.indexOf("enters") || !what.includes("enters"));
  }
});

Deno.test("the portfolios made by chance are worth testing with", () => {
  const seen = new Map<string, number>();
  const note = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);
  const property = fc.property(randomPortfolio, ({ strategy, candles, options }) => {
    const { trades, refusals, fills } = backtestPortfolio(strategy, candles, options);
    if (trades.length > 2) note("trades");
    for (const reason of new Set(trades.rows.map(({ reason }) => reason))) note(reason);
    for (const reason of new Set(refusals.rows.map(({ reason }) => reason))) note(reason);
    const counts = before(fills.rows).map((held) => [...held.values()].filter(Boolean).length);
    if (Math.max(0, ...counts) > 1) note("several at once");
  });
  assertProperty(property, 400);
  for (
    const what of [
      "trades",
      "several at once",
      "stopLoss",
      "reversal",
      "positions",
      "exposure",
      "cash",

      "maxDrawdown",
      "dailyLoss",
    ]
  ) {
    assert(
      (seen.get(what) ?? 0) >= 3,
      `${what}: ${seen.get(what)} of ${JSON.stringify([...seen])}`,
    );
  }
});
