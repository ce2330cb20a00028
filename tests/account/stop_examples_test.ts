/**
 * Every kind of stop worked by hand, five candles each, to be checked by eye. A position is opened at
 * 100, at the open of the first candle. `stop` and `target` are the levels that stand behind the
 * candle's close; `distance` is the series of the example's stop (its first value is that of the
 * candle before, on which the entry was decided). No fees, no slippage.
 */
import assert from "node:assert/strict";
import { Account } from "../../engine/account/account.ts";
import { emptyCurve } from "../../engine/account/equity_curve.ts";
import type { ClosedTrade } from "../../engine/account/ledger.ts";
import { DEFAULT_ACCOUNT } from "../../engine/account/settings.ts";
import { type AccountInput, signalColumns, splitStops } from "../support/account_run.ts";
import { HOUR, hours, MIDNIGHT, on, type Prices, still } from "./hours.ts";

interface Example {
  side: "long" | "short";
  stops: NonNullable<AccountInput["stops"]>;
  table: string;
}

const EXAMPLES: Record<string, Example> = {
  "stop loss of 10 %: the level is 90": {
    side: "long",
    stops: { stopLoss: 0.1 },
    table: `
      open  high   low  close | stop  target
       100   104    98    103 |   90       -
       103   105    96     97 |   90       -
        97    99    91     92 |   90       -
        92    93    88     91 |    -       - stopLoss at 90 within the candle
        91    99    90     98 |    -       -`,
  },
  "stop loss of 10 %, a gap: the open is already below 90": {
    side: "long",
    stops: { stopLoss: 0.1 },
    table: `
      open  high   low  close | stop  target
       100   104    98    103 |   90       -
       103   105    96     97 |   90       -
        85    95    84     94 |    -       - stopLoss at 85 at the open
        94    96    90     95 |    -       -
        95    99    93     98 |    -       -`,
  },
  "stop loss of 10 % of a short: the level is 110": {
    side: "short",
    stops: { stopLoss: 0.1 },
    table: `
      open  high   low  close | stop  target
       100   104    98    103 |  110       -
       103   109    96    108 |  110       -
       108   111   107    107 |    -       - stopLoss at 110 within the candle
       107   112    96     97 |    -       -
        97    99    91     92 |    -       -`,
  },
  "take profit of 20 %: the level is 120": {
    side: "long",
    stops: { takeProfit: 0.2 },
    table: `
      open  high   low  close | stop  target
       100   104    60    103 |    -     120
       103   119    96    118 |    -     120
       118   121   117    119 |    -       - takeProfit at 120 within the candle
       119   130   100    101 |    -       -
       101   102    91     92 |    -       -`,
  },
  "take profit of 20 %, a gap: sold at the better open": {
    side: "long",
    stops: { takeProfit: 0.2 },
    table: `
      open  high   low  close | stop  target
       100   104    98    103 |    -     120
       125   126   101    102 |    -       - takeProfit at 125 at the open
       102   105    96     97 |    -       -
        97    99    91     92 |    -       -
        92    93    88     91 |    -       -`,
  },
  "stop and target in one candle: the worse one is taken": {
    side: "long",
    stops: { stopLoss: 0.1, takeProfit: 0.2 },
    table: `
      open  high   low  close | stop  target
       100   104    98    103 |   90     120
       103   125    88    110 |    -       - stopLoss at 90 within the candle, ambiguous
       110   112    96     97 |    -       -
        97    99    91     92 |    -       -
        92    93    88     91 |    -       -`,
  },
  "trailing stop of 10 %: below the highest high, from the candle after": {
    side: "long",
    stops: { trailingStop: 0.1 },
    table: `
      open  high   low  close | stop  target
       100   110    97    108 |   99       -
       108   120   105    118 |  108       -
       118   119   109    110 |  108       -
       110   112   107    111 |    -       - trailingStop at 108 within the candle
       111   130    91     92 |    -       -`,
  },
  "trailing stop of 10 % of a short: above the lowest low": {
    side: "short",
    stops: { trailingStop: 0.1 },
    table: `
      open  high   low  close | stop  target
       100   104    90     93 |   99       -
        93    95    80     84 |   88       -
        84    87    82     86 |   88       -
        89    92    85     90 |    -       - trailingStop at 89 at the open
        90    99    60     98 |    -       -`,
  },
  "trailing stop by a series: the level never moves away again": {
    side: "long",
    stops: { trailingStop: [8, 8, 5, 20, 5, 5] },
    table: `
      open  high   low  close | stop  target   distance 8, then
       100   110    97    108 |  102       -              8
       108   112   104    110 |  107       -              5
       110   120   108    118 |  107       -             20: 100 would be farther
       118   119   114    115 |  115       -              5
       116   117   114    115 |    -       - trailingStop at 115 within the candle`,
  },
  "stop loss and take profit by series: what they were when the entry was decided": {
    side: "long",
    stops: { stopLoss: [6, 1, 1, 50, 50, 50], takeProfit: [12, 1, 1, 1, 1, 1] },
    table: `
      open  high   low  close | stop  target
       100   110    97    108 |   94     112
       108   111   104    110 |   94     112
       110   111    95     96 |   94     112
        96    97    93     95 |    -       - stopLoss at 94 within the candle
        95   130    91     92 |    -       -`,
  },
  "break even at 5 %: from the close of the candle that saw 105": {
    side: "long",
    stops: { stopLoss: 0.1, breakEven: 0.05 },
    table: `
      open  high   low  close | stop  target
       100   104    98    103 |   90       -
       103   106    99    104 |  100       -
       104   107   101    102 |  100       -
       102   103    99    101 |    -       - breakEven at 100 within the candle
       101   102    91     92 |    -       -`,
  },
  "break even of a short by a series: 4 below the entry": {
    side: "short",
    stops: { breakEven: [4, 9, 9, 9, 9, 9] },
    table: `
      open  high   low  close | stop  target
       100   104    97     98 |    -       -
        98   103    96     97 |  100       -
        97    98    90     91 |  100       -
        91   101    90     99 |    -       - breakEven at 100 within the candle
        99   102    91     92 |    -       -`,
  },
  "time stop of 3 candles: sold at the open behind the third": {
    side: "long",
    stops: { timeStop: 3 },
    table: `
      open  high   low  close | stop  target
       100   104    98    103 |    -       -
       103   105    96     97 |    -       -
        97    99    91     92 |    -       -
        93    95    88     91 |    -       - timeStop at 93 at the open
        91    99    90     98 |    -       -`,
  },
};

const CANDLES = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+) \|\s+(\S+)\s+(\S+)\s*(.*)$/;
const EXIT = /^(\w+) at (\d+) (at the open|within the candle)(, ambiguous)?$/;

const level = (text: string) => text === "-" ? NaN : Number(text);

function near(actual: number, expected: number, what: string): void {
  const same = Math.abs(actual - expected) < 1e-9 || (actual !== actual && expected !== expected);
  assert(same, `${what}: ${actual}, but by hand ${expected}`);
}

function check({ side, stops, table }: Example): void {
  const lines = table.split("\n").map((line) => CANDLES.exec(line)).filter((line) => line !== null);
  assert.equal(lines.length, 5, "candles");
  const prices = lines.map(([, ...cells]) => cells.slice(0, 4).map(Number) as Prices);
  const candles = hours(still(100), ...prices), { numbers, distances } = splitStops(stops);
  const account = new Account({ ...DEFAULT_ACCOUNT, fee: 0, shorts: true }, numbers, "1h");
  const fires = { [side === "long" ? "enterLong" : "enterShort"]: on([0], 6) };
  const signals = { ...signalColumns(fires, 6), distances }, curve = emptyCurve(6);
  const trades: ClosedTrade[] = [];
  const ledger = {
    signal() {},
    refuse() {},
    fill() {},
    trade: (trade: ClosedTrade) => void trades.push(trade),
  };
  let exits = 0;
  for (let i = 0; i < 6; i++) {
    account.advance(candles, i, i + 1, signals, i, curve, i, ledger);
    if (i === 0) continue;
    const [, , , , , stop, target, note] = lines[i - 1], { state } = account;
    const isHeld = state.position !== 0;
    near(isHeld ? state.stop : NaN, level(stop), `stop behind candle ${i}`);
    near(isHeld ? state.target : NaN, level(target), `target behind candle ${i}`);
    const exit = EXIT.exec(note);
    if (!exit) continue;
    exits++;
    const [, reason, price, when, ambiguous] = exit, [trade] = trades;
    assert.equal(trade.reason, reason);
    near(trade.exitPrice, Number(price), "exit");
    assert.equal(trade.exitTime, MIDNIGHT + (when === "at the open" ? i : i + 1) * HOUR);
    assert.equal(state.ambiguous, ambiguous ? 1 : 0);
  }
  assert.deepEqual([trades.length, exits], [1, 1], "one exit");
  assert.equal(trades[0].entryPrice, 100);
}

for (const [name, example] of Object.entries(EXAMPLES)) {
  Deno.test(`by hand, ${example.side}: ${name}`, () => check(example));
}
