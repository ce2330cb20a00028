import assert from "node:assert/strict";
import { Candles } from "../../engine/market/candles.ts";
import { backtestSignals, type HandMadeSignals } from "../../engine/research/backtest_signals.ts";
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

Deno.test("candles that held stop and target are counted", () => {
  const prices: Prices[] = [still(100), still(100), [100, 130, 70, 100], still(100)];
  assert.deepEqual(notes({ entries: [0] }, { stops: { stopLoss: 0.1, takeProfit: 0.1 } }, prices), [
    "once a candle held stop and target: the stop was taken",
  ]);
});

Deno.test("refused entries are counted", () => {
  assert.deepEqual(notes({ entries: [1, 3] }, { account: { lot: 1_000 } }), [
    "2 times an entry was refused: too little cash",
  ]);
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
