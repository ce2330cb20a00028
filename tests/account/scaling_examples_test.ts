/**
 * Positions that are built up and taken down in parts, worked by hand, to be checked by eye. Each entry
 * takes 10 units, the first at the open of the first candle. A row says what was filled in its candle,
 * and what is held, where, behind its close; `signal` is what fires on that close. No costs.
 */
import assert from "node:assert/strict";
import { Account } from "../../engine/account/account.ts";
import { emptyCurve } from "../../engine/account/equity_curve.ts";
import type { ClosedTrade, Fill } from "../../engine/account/ledger.ts";
import { type AccountSettings, DEFAULT_ACCOUNT } from "../../engine/account/settings.ts";
import type { Stops } from "../../engine/account/stop_rules.ts";
import { nextTarget } from "../../engine/account/stops.ts";
import { signalColumns } from "../support/account_run.ts";
import { hours, type Prices, still } from "./hours.ts";

interface Example {
  side: "long" | "short";
  stops: Stops;
  settings?: Partial<AccountSettings>;
  table: string;
  /** The trade that the fills make: entry, exit (average prices), amount and profit. */
  trade?: [entry: number, exit: number, amount: number, pnl: number];
}

const EXAMPLES: Record<string, Example> = {
  "half at 10 %, half of the rest at 20 %, the last at 30 %": {
    side: "long",
    stops: { stopLoss: 0.1, firstTarget: 0.1, secondTarget: 0.2, takeProfit: 0.3 },
    table: `
      open  high   low  close signal | held  stop  target
       100   104    98    103      - |   10    90     110 +10 at 100 entry
       103   112   101    111      - |    5    90     120 -5 at 110 firstTarget
       111   119   109    118      - |    5    90     120
       118   121   117    120      - |  2.5    90     130 -2.5 at 120 secondTarget
       120   140   119    139      - |    0     -       - -2.5 at 130 takeProfit`,
    // (5 × 110 + 2.5 × 120 + 2.5 × 130) / 10 = 117.5
    trade: [100, 117.5, 10, 175],
  },
  "three targets in one candle: the nearest first": {
    side: "long",
    stops: {
      firstTarget: 0.1,
      firstPart: 0.2,
      secondTarget: 0.05,
      secondPart: 0.4,
      takeProfit: 0.2,
    },
    table: `
      open  high   low  close signal | held  stop  target
       100   104    98    103      - |   10     -     105 +10 at 100 entry
       103   125   101    111      - |    0     -       - -4 at 105 secondTarget; -1.2 at 110 firstTarget; -4.8 at 120 takeProfit
       111   112   109    110      - |    0     -       -
       110   111   109    110      - |    0     -       -
       110   111   109    110      - |    0     -       -`,
    trade: [100, 112.8, 10, 128],
  },
  "a gap over the first target: at the better open": {
    side: "long",
    stops: { stopLoss: 0.1, firstTarget: 0.1 },
    table: `
      open  high   low  close signal | held  stop  target
       100   104    98    103      - |   10    90     110 +10 at 100 entry
       115   116   108    109      - |    5    90       - -5 at 115 firstTarget
       109   111    95     96      - |    5    90       -
        96    97    89     95      - |    0     -       - -5 at 90 stopLoss
        95    99    93     98      - |    0     -       -`,
    trade: [100, 102.5, 10, 25],
  },
  "stop and first target in one candle: all of it is stopped": {
    side: "long",
    stops: { stopLoss: 0.1, firstTarget: 0.1 },
    table: `
      open  high   low  close signal | held  stop  target
       100   104    98    103      - |   10    90     110 +10 at 100 entry
       103   112    89    111      - |    0     -       - -10 at 90 stopLoss, ambiguous
       111   112   109    110      - |    0     -       -
       110   111   109    110      - |    0     -       -
       110   111   109    110      - |    0     -       -`,
    trade: [100, 90, 10, -100],
  },
  "a fifth on a signal, at the next open, twice; then the rest": {
    side: "long",
    stops: { reducePart: 0.2 },
    table: `
      open  high   low  close signal | held  stop  target
       100   104    98    103 reduce |   10     -       - +10 at 100 entry
       104   105   101    102 reduce |    8     -       - -2 at 104 reduction
       101   103    99    100   exit |  6.4     -       - -1.6 at 101 reduction
        99   101    98    100      - |    0     -       - -6.4 at 99 signal
       100   101    99    100      - |    0     -       -`,
    // 2 × 4 + 1.6 × 1 − 6.4 × 1 = 3.2
    trade: [100, 100.32, 10, 3.2],
  },
  "half of what is held in lots of 4: rounded down, and the last lot stays": {
    side: "long",
    stops: {},
    settings: { lot: 4 },
    table: `
      open  high   low  close signal | held  stop  target
       100   104    98    103 reduce |    8     -       - +8 at 100 entry
       103   105   101    102 reduce |    4     -       - -4 at 103 reduction
       102   103    99    100      - |    4     -       - refused
       100   101    98    100   exit |    4     -       -
       100   101    99    100      - |    0     -       - -4 at 100 signal`,
    trade: [100, 101.5, 8, 12],
  },
  "adding to what won: the newer stop is nearer, the target goes by the average": {
    side: "long",
    stops: { stopLoss: 0.1, takeProfit: 0.2, maxEntries: 2 },
    table: `
      open  high   low  close signal | held  stop  target
       100   104    98    103  enter |   10    90     120 +10 at 100 entry
       110   112   109    111  enter |   20    99     126 +10 at 110 entry
       111   113   109    112  enter |   20    99     126
       112   113    98     99      - |    0     -       - -20 at 99 stopLoss
        99   101    98    100      - |    0     -       -`,
    // The third entry is one too many.
    trade: [105, 99, 20, -120],
  },
  "adding to what lost: the stop does not move away": {
    side: "long",
    stops: { stopLoss: 0.1, takeProfit: 0.2, maxEntries: 3 },
    table: `
      open  high   low  close signal | held  stop  target
       100   104    98    103      - |   10    90     120 +10 at 100 entry
       103   104    93     94  enter |   10    90     120
        96    98    92     97  enter |   20    90   117.6 +10 at 96 entry
        98   100    97     99      - |   30    90   117.6 +10 at 98 entry
        99   118    98    117      - |    0     -       - -30 at 117.6 takeProfit`,
    trade: [98, 117.6, 30, 588],
  },
  "a part that was closed stays closed when more is added": {
    side: "long",
    stops: { firstTarget: 0.1, takeProfit: 0.2, maxEntries: 2 },
    table: `
      open  high   low  close signal | held  stop  target
       100   104    98    103      - |   10     -     110 +10 at 100 entry
       103   112   101    111  enter |    5     -     120 -5 at 110 firstTarget
       115   116   112    113      - |   15     -     132 +10 at 115 entry
       113   131   110    130      - |   15     -     132
       130   135   129    134      - |    0     -       - -15 at 132 takeProfit`,
    // What is held was entered at (5 × 100 + 10 × 115) / 15 = 110, of which 132 is 120 %.
    trade: [107.5, (550 + 15 * 132) / 20, 20, 50 + 32 * 5 + 17 * 10],
  },
  "break even goes by the average": {
    side: "long",
    stops: { stopLoss: 0.1, breakEven: 0.05, maxEntries: 2 },
    table: `
      open  high   low  close signal | held  stop  target
       100   104    98    103  enter |   10    90       - +10 at 100 entry
       104   106   101    105      - |   20  93.6       - +10 at 104 entry
       105   108   104    107      - |   20   102       -
       107   108   101    103      - |    0     -       - -20 at 102 breakEven
       103   104   101    102      - |    0     -       -`,
    trade: [102, 102, 20, 0],
  },
  "an addition that lowers the average brings break even behind the best price so far": {
    side: "long",
    settings: { fill: "close" },
    stops: { breakEven: 0.03, maxEntries: 2 },
    // The first 10 at 100. 103 was not reached, but 3 % above 98 was: at the next close the stop goes to 98, where the price is not.
    table: `
      open  high   low  close signal | held  stop  target
       100   102    96     96  enter |   20     -       - +10 at 96 entry
        96    97    95     96      - |   20    98       -
        96    97    95     96      - |    0     -       - -20 at 96 breakEven
        96    96    90     90      - |    0     -       -
        90    90    90     90      - |    0     -       -`,
    trade: [98, 96, 20, -40],
  },
  "a short is added to and taken down as a long is": {
    side: "short",
    stops: { stopLoss: 0.1, firstTarget: 0.1, takeProfit: 0.2, maxEntries: 2 },
    table: `
      open  high   low  close signal | held  stop  target
       100   104    98     99  enter |  -10   110      90 -10 at 100 entry
        96    99    95     97      - |  -20 105.6    88.2 -10 at 96 entry
        97    98    88     89      - |  -10 105.6    78.4 +10 at 88.2 firstTarget
        89    90    79     80      - |  -10 105.6    78.4
        80    81    78     79      - |    0     -       - +10 at 78.4 takeProfit`,
    trade: [98, 83.3, 20, 294],
  },
  "a short that lost leaves less for the next entry: both are no larger than the equity": {
    side: "short",
    stops: { maxEntries: 2 },
    settings: { sizing: "fraction", size: 0.5 },
    // At 120 the equity is 9,000, and 6,000 of it are short; the other 3,000 are 25 units, not 37.5.
    table: `
      open  high   low  close signal | held  stop  target
       100   100   100    100      - |  -50     -       - -50 at 100 entry
       100   120   100    120  enter |  -50     -       -
       120   120   120    120      - |  -75     -       - -25 at 120 entry
       120   120    80     80   exit |  -75     -       -
        80    80    80     80      - |    0     -       - +75 at 80 signal`,
    trade: [8_000 / 75, 80, 75, 2_000],
  },
  "a short that gained leaves more: what it gained can be sold short, too": {
    side: "short",
    stops: { maxEntries: 2 },
    settings: { sizing: "fraction", size: 1 },
    // At 80 the equity is 12,000, and 8,000 of it are short; the other 4,000 are 50 units.
    table: `
      open  high   low  close signal | held  stop  target
       100   100   100    100      - | -100     -       - -100 at 100 entry
       100   100    80     80  enter | -100     -       -
        80    80    80     80      - | -150     -       - -50 at 80 entry
        80    80    60     60   exit | -150     -       -
        60    60    60     60      - |    0     -       - +150 at 60 signal`,
    trade: [14_000 / 150, 60, 150, 5_000],
  },
};

const ROW =
  /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s+(\S+) \|\s+(\S+)\s+(\S+)\s+(\S+)\s*(refused|.*?)(, ambiguous)?$/;
const FILL = /^([+-][\d.]+) at ([\d.]+) (\w+)$/;

const level = (text: string) => text === "-" ? NaN : Number(text);

function near(actual: number, expected: number, what: string): void {
  const same = Math.abs(actual - expected) < 1e-9 || (actual !== actual && expected !== expected);
  assert(same, `${what}: ${actual}, but by hand ${expected}`);
}

function checkFills(fills: readonly Fill[], note: string, what: string): void {
  const wanted = note === "" || note === "refused" ? [] : note.split("; ");
  assert.equal(fills.length, wanted.length, `${what}: fills`);
  wanted.forEach((text, n) => {
    const [, amount, price, reason] = FILL.exec(text)!, fill = fills[n];
    near(fill.side === "buy" ? fill.amount : -fill.amount, Number(amount), `${what}: amount`);
    near(fill.price, Number(price), `${what}: price`);
    assert.equal(fill.reason, reason, what);
  });
}

function check({ side, stops, settings, table, trade }: Example): void {
  const lines = table.split("\n").map((line) => ROW.exec(line)).filter((line) => line !== null);
  assert.equal(lines.length, 5, "candles");
  const prices = lines.map(([, ...cells]) => cells.slice(0, 4).map(Number) as Prices);
  const candles = hours(still(100), ...prices), own = side === "long" ? "Long" : "Short";
  const fires = (name: string) => [0, ...lines.map((line) => line[5] === name ? 1 : 0)];
  const signals = signalColumns({
    [`enter${own}`]: [1, ...fires("enter").slice(1)],
    [`exit${own}`]: fires("exit"),
    [`reduce${own}`]: fires("reduce"),
  }, 6);
  const given = { fee: 0, shorts: true, sizing: "units", size: 10, ...settings } as const;
  const account = new Account({ ...DEFAULT_ACCOUNT, ...given }, stops, "1h"), curve = emptyCurve(6);
  const trades: ClosedTrade[] = [], { state } = account;
  for (let i = 0; i < 6; i++) {
    const fills: Fill[] = [], { refused, ambiguous } = state;
    account.advance(candles, i, i + 1, signals, i, curve, i, {
      signal() {},
      refuse() {},
      fill: (fill) => void fills.push(fill),
      trade: (trade) => void trades.push(trade),
    });
    if (i === 0) continue;
    const [, , , , , , held, stop, target, note, isAmbiguous] = lines[i - 1], isHeld = held !== "0";
    checkFills(fills, note, `candle ${i}`);
    near(state.position, Number(held), `held behind candle ${i}`);
    near(isHeld ? state.stop : NaN, level(stop), `stop behind candle ${i}`);
    near(isHeld ? nextTarget(state) : NaN, level(target), `target behind candle ${i}`);
    assert.equal(state.refused - refused, note === "refused" ? 1 : 0, `refused in candle ${i}`);
    assert.equal(state.ambiguous - ambiguous, isAmbiguous ? 1 : 0, `ambiguous in candle ${i}`);
  }
  assert.deepEqual(trades.length, trade ? 1 : 0);
  const [{ entryPrice, exitPrice, amount, pnl }] = trades;
  trade?.forEach((number, n) =>
    near([entryPrice, exitPrice, amount, pnl][n], number, `trade ${n}`)
  );
}

for (const [name, example] of Object.entries(EXAMPLES)) {
  Deno.test(`by hand, ${example.side}: ${name}`, () => check(example));
}
