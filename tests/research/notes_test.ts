import assert from "node:assert/strict";
import { Candles } from "../../engine/market/candles.ts";
import { backtest } from "../../engine/research/backtest.ts";
import { backtestPortfolio } from "../../engine/research/backtest_portfolio.ts";
import {
  backtestSignals,
  type HandMadeSignals,
  type HandMadeStops,
} from "../../engine/research/backtest_signals.ts";
import { on, sma } from "../../engine/series/mod.ts";
import { choice } from "../../engine/strategy/parameters.ts";
import { strategy } from "../../engine/strategy/strategy.ts";
import { readCandlesCsv } from "../../engine/market/candles_csv.ts";
import smaCross from "../../strategies/sma_cross.ts";
import { waves } from "./waves.ts";
import { hours, type Prices, still } from "../account/hours.ts";

type Options = Parameters<typeof backtestSignals>[2];

/** The notes of a run over candles of 100, with signals on the rows given. */
function notes(
  rows: { [Name in keyof HandMadeSignals]?: number[] },
  options: Options = {},
  prices: Prices[] = Array(8).fill(still(100)),
): string[] {
  const mask = (fire: number[] = []) => prices.map((_, i) => fire.includes(i));
  const { entries, exits, shortEntries } = rows;
  const signals: HandMadeSignals = { entries: mask(entries), exits: mask(exits) };
  if (shortEntries) signals.shortEntries = mask(shortEntries);
  if (shortEntries) signals.shortExits = mask();
  return backtestSignals(hours(...prices), signals, options).notes();
}

Deno.test("a plain result has nothing to note", () => {
  assert.deepEqual(notes({ entries: [1], exits: [3] }), []);
});

Deno.test("fills at the close are noted as optimistic", () => {
  assert.deepEqual(notes({}, { account: { fill: "close" } }), [
    "optimistic: filled at the close that the decision was taken on",
  ]);
});

Deno.test("cancelled entries are counted", () => {
  const both = "both sides' entries fired and cancelled each other";
  assert.deepEqual(notes({ entries: [1], shortEntries: [1] }), [`once ${both}`]);
  assert.deepEqual(notes({ entries: [1, 2], shortEntries: [1, 2] }), [`2 times ${both}`]);
});

Deno.test("candles that leave the order of events open are counted: in each the worse was taken", () => {
  const noted = (stops: HandMadeStops, candle: Prices) =>
    notes({ entries: [0] }, { stops }, [still(100), candle, still(candle[3])]);
  const worse = ["once a candle left the order of events open: the worse was taken"];
  // Both lie inside of it.
  assert.deepEqual(noted({ stopLoss: 0.1, takeProfit: 0.1 }, [100, 130, 70, 100]), worse);
  // Bought at 95: the 110 may have been before, and the target of 104.5 is not taken.
  assert.deepEqual(noted({ limitEntry: 0.05, takeProfit: 0.1 }, [100, 110, 94, 100]), worse);
  assert.deepEqual(noted({ limitEntry: 0.05, takeProfit: 0.1 }, [100, 110, 94, 105]), []);
  // Bought at 105: the 94 may have been before, and the stop at 94.5 is taken.
  assert.deepEqual(noted({ stopEntry: 0.05, stopLoss: 0.1 }, [100, 107, 94, 106]), worse);
  assert.deepEqual(noted({ stopEntry: 0.05, stopLoss: 0.1 }, [100, 107, 94, 94]), []);
});

Deno.test("refused entries are counted", () => {
  assert.deepEqual(notes({ entries: [1, 3] }, { account: { lot: 1_000 } }), [
    "2 times an entry, or a part that was to be closed, was refused: less than one lot",
  ]);
  assert.deepEqual(notes({ entries: [1] }, { account: { sizing: "quote", size: 20_000 } }), [
    "once an entry was refused: too little cash",
  ]);
  const account = { leverage: 10, maintenanceMargin: 0.09, slippage: 0.02, size: 0.5 };
  assert.deepEqual(notes({ entries: [1] }, { account }), [
    "once an entry was refused: it would have been liquidated at once",
  ]);
});

Deno.test("losses in a row that ended trading are noted", () => {
  const falling: Prices[] = [100, 99, 98, 97, 96, 95, 94, 93].map(still);
  const lost = (maxLossesInRow: number) =>
    notes({ entries: [0, 3], exits: [1, 5] }, { account: { maxLossesInRow } }, falling);
  assert.deepEqual(lost(2), [
    "2 trades in a row were lost, which ended trading: account.maxLossesInRow",
  ]);
  assert.deepEqual(lost(3), []);
});

Deno.test("fewer candles than the indicators need are noted, where nothing could be decided", () => {
  const noted = (count: number) => backtest(smaCross, waves(count), {}).notes();
  // The slow average of 30 is known on the 30th row.
  assert.deepEqual(noted(29), [
    "nothing was ever decided: in 29 1h candles its entries were not known once. Its indicators need " +
    "more candles before they begin",
  ]);
  assert.deepEqual(noted(30), []);
  const both = backtestPortfolio(smaCross, { A: waves(200), B: waves(20) });
  assert.deepEqual(both.notes().filter((note) => /decided/.test(note)), [
    "B: nothing was ever decided: in 20 1h candles its entries were not known once. Its indicators " +
    "need more candles before they begin",
  ]);
});

Deno.test("an indicator that never begins is noted where another condition hides that it is unknown", () => {
  // The day's average of 3 wants 72 hours; false and unknown is false, so the entry itself is known.
  const filtered = (join: "and" | "or") =>
    strategy("filtered", {}, {
      build: (_, { close }) => {
        const never = close.above(1e9), day = on("1d", close.above(sma(close, 3)));
        return { enterLong: never[join](day), exitLong: close.below(sma(close, 2)) };
      },
    });
  const noted = (count: number, join: "and" | "or" = "and") =>
    backtest(filtered(join), waves(count)).notes();
  assert.deepEqual(noted(60), [
    "nothing was ever decided: in 60 1h candles something that every entry needs was not known once. " +
    "Its indicators need more candles before they begin: 2 of 1d closed there",
  ]);
  assert.deepEqual(noted(80), []);
  assert.deepEqual(noted(60, "or"), []);
});

Deno.test("the funding of a portfolio is noted as that of one run is", () => {
  const account = { fundingRate: 0.001 }, candles = waves(200);
  const noted = (result: { notes(): string[] }) =>
    result.notes().filter((note) => /funding/.test(note));
  const one = backtest(smaCross, candles, { account });
  assert.match(noted(one)[0], /^\d+\.\d\d of funding was paid, by a rate that is assumed$/);
  const alone = backtestPortfolio(smaCross, { A: candles }, { account });
  assert.deepEqual(noted(alone), noted(one));
  const { trades, open } = one, all = [...trades.rows, ...(open ? [open] : [])];
  const paid = all.reduce((sum, { funding }) => sum + funding, 0);
  for (const result of [one, alone]) {
    assert.ok(Math.abs(result.summary().funding - paid) < 1e-9 * paid, `${paid}`);
  }
});

Deno.test("a ruin is noted", () => {
  const prices: Prices[] = [still(100), still(100), still(300), still(300)];
  assert.deepEqual(notes({ shortEntries: [0] }, {}, prices), [
    "equity reached 0, which ended the run",
  ]);
});

Deno.test("liquidations are counted", () => {
  const prices: Prices[] = [still(100), still(100), still(80), still(80)];
  const account = { leverage: 10, maintenanceMargin: 0.01, size: 0.5, fee: 0 };
  assert.deepEqual(notes({ entries: [0] }, { account }, prices), [
    "once the exchange took a position and its margin",
  ]);
});

Deno.test("gaps are noted, with the candles that are missing", () => {
  const candles = hours(...Array<Prices>(12).fill(still(100)));
  const without = (...missing: number[]) =>
    Candles.fromRows("1h", candles.rows().filter((_, i) => !missing.includes(i)));
  const noted = (candles: Candles) => {
    const none = Array(candles.length).fill(false);
    return backtestSignals(candles, { entries: none, exits: none }).notes();
  };
  assert.deepEqual(noted(without(3, 6, 7, 8, 10)), [
    "3 gaps, 5 candles missing; the longest (3) from 2024-01-01 06:00",
  ]);
  assert.deepEqual(noted(without(3)), ["1 gap, 1 candle missing, from 2024-01-01 03:00"]);
});

Deno.test("hand-made signals that know the next candle are doubted, for what they earn", async () => {
  const all = await readCandlesCsv("data/sample_candles_1h.csv.gz");
  const noted = (days: number, ahead: number) => {
    const candles = all.slice(0, 24 * days), { close } = candles;
    const rises = Array.from(
      close,
      (price, i) => close[i + ahead] > close[i + ahead - 1] && price > 0,
    );
    const entries = rises, exits = rises.map((one) => !one);
    return backtestSignals(candles, { entries, exits }, { account: { fee: 0 } }).notes();
  };
  // Filled at the next open, which is about this close: what the next candle does is earned.
  assert.match(
    noted(60, 1).join(),
    /^too good to be true: a Sharpe ratio of \d\d+\. Do the signals/,
  );
  assert.deepEqual(noted(60, 0), []);
  assert.deepEqual(noted(20, 1), []);
});

Deno.test("longer candles that on makes of some rows alone are noted where rows are missing", () => {
  const daily = strategy("daily", { frame: choice("1d", ["1d", "12h"]) }, {
    build: ({ frame }, { close }) => ({
      enterLong: close.above(on(frame, close)),
      exitLong: close.below(on("1d", close)),
    }),
  });
  const all = waves(24 * 6), rows = all.rows();
  const without = (...missing: number[]) =>
    Candles.fromRows("1h", rows.filter((_, i) => !missing.includes(i)));
  const noted = (candles: Candles, params = {}) =>
    backtest(daily, candles, { params }).notes().filter((note) => /that on reads/.test(note));
  const told = (count: string, verb: string, frame: string) =>
    `${count} of ${frame} that on reads ${verb} made of the 1h ones that are there: others are missing`;
  assert.deepEqual(noted(all), []);
  assert.equal((rows[0].time - 3_600_000) % 86_400_000, 0);
  assert.deepEqual(noted(without(30, 31, 80)), [told("2 candles", "are", "1d")]);
  // A day of which nothing is there is none.
  assert.deepEqual(noted(without(...Array.from({ length: 24 }, (_, i) => 24 + i))), []);
  assert.deepEqual(noted(without(30), { frame: "12h" }), [
    told("1 candle", "is", "12h"),
    told("1 candle", "is", "1d"),
  ]);
});
