/** What there can be no portfolio of, and what is said then. */
import assert from "node:assert/strict";
import { InputError } from "../../engine/market/errors.ts";
import { resample } from "../../engine/market/resample.ts";
import { backtestPortfolio } from "../../engine/research/backtest_portfolio.ts";
import { promote } from "../../engine/research/promote.ts";
import { strategy } from "../../engine/strategy/strategy.ts";
import smaCross from "../../strategies/sma_cross.ts";
import { waves } from "./waves.ts";

const candles = { BTC: waves(60), ETH: waves(60) };
const run = (portfolio: object, account = {}) =>
  backtestPortfolio(smaCross, candles, { portfolio, account });
const parts = strategy("parts", {}, {
  build: (_, { close, open }) => ({ enterLong: close.above(open), firstTarget: 0.1 }),
});
// Notebooks check no types.
const anything = backtestPortfolio as (...args: unknown[]) => unknown;

const CASES: [what: string, call: () => unknown, message: RegExp][] = [
  [
    "no positions",
    () => run({ maxOpenPositions: 0 }),
    /maxOpenPositions is 0, but must be a whole/,
  ],
  ["weights", () => run({ weights: "risk" }), /weights is risk, but must be equal or inverse/],
  ["a window alone", () => run({ window: 20 }), /window is given, but goes with/],
  ["a share too large", () => run({ allocation: { BTC: 1.5, ETH: 0.1 } }), /\["BTC"\] is 1.5/],
  ["a share missing", () => run({ allocation: { BTC: 0.5 } }), /\["ETH"\] is undefined/],
  [
    "a stranger's share",
    () => run({ allocation: { BTC: 1, ETC: 1 } }),
    /names "ETC", which is no instrument/,
  ],
  [
    "two ways to share",
    () => run({ allocation: { BTC: 0.5, ETH: 0.5 }, weights: "equal" }),
    /both given/,
  ],
  [
    "shares of fixed money",
    () => run({ weights: "equal" }, { sizing: "quote", size: 100 }),
    /weights is given, but account.sizing is quote/,
  ],
  ["a cap of nothing", () => run({ exposureCap: 0 }), /exposureCap is 0, but must be a fraction/],
  ["a stranger first", () => run({ priority: ["XRP"] }), /priority names "XRP"/],
  ["one first twice", () => run({ priority: ["ETH", "ETH"] }), /names ETH twice/],
  ["rebalancing never", () => run({ rebalance: {} }), /rebalance is empty/],
  ["rebalancing by half days", () => run({ rebalance: { days: 0.5 } }), /days is 0.5/],
  [
    "rebalancing to more than all",
    () => run({ rebalance: { days: 1 }, allocation: { BTC: 0.8, ETH: 0.8 } }),
    /are 1.6 together/,
  ],
  [
    "rebalancing of fixed units",
    () => run({ rebalance: { days: 1 } }, { sizing: "units", size: 1 }),
    /account.sizing is units/,
  ],
  [
    "rebalancing of parts",
    () => backtestPortfolio(parts, candles, { portfolio: { rebalance: { days: 1 } } }),
    /parts has firstTarget/,
  ],
  [
    "leverage",
    () => run({}, { leverage: 3, maintenanceMargin: 0.01 }),
    /a portfolio's positions have no margins of their own/,
  ],
  ["no instruments", () => backtestPortfolio(smaCross, {}), /no instrument at all/],
  ["candles in the place of a map", () => anything(smaCross, candles.BTC), /by its name/],
  ["no strategy", () => anything(candles, candles), /BTC needs a strategy/],
  [
    "a strategy missing",
    () => backtestPortfolio({ BTC: smaCross }, candles),
    /ETH needs a strategy/,
  ],
  [
    "a strategy too many",
    () => backtestPortfolio({ BTC: smaCross, ETH: smaCross, XRP: smaCross }, candles),
    /"XRP", of which there are no candles/,
  ],
  [
    "two timeframes",
    () => backtestPortfolio(smaCross, { ...candles, XRP: resample(candles.BTC, "4h") }),
    /BTC has 1h candles, but XRP 4h.*resample/,
  ],
  [
    "a balance of its own",
    () => anything(smaCross, candles, { instruments: { BTC: { balance: 5 } } }),
    /no option "balance"/,
  ],
  [
    "a start behind the end",
    () => backtestPortfolio(smaCross, candles, { start: "2030-01-01" }),
    /no candle opens at or after the start/,
  ],
];

for (const [what, call, message] of CASES) {
  Deno.test(`a portfolio is refused: ${what}`, () => {
    assert.throws(call, (error) => error instanceof InputError && message.test(error.message));
  });
}

Deno.test("a portfolio is not promoted, and it is said why", () => {
  const result = run({}) as unknown as Parameters<typeof promote>[0];
  const options = { name: "both", market: { exchange: "okx", symbol: "BTC/USDT" } };
  assert.throws(
    () => promote(result, options),
    /Cannot promote a portfolio, or an instrument of one: a bot trades/,
  );
});
