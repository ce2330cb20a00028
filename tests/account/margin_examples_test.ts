/**
 * Leverage, liquidation and funding worked by hand, to be checked by eye. The balance is 1,000; an entry
 * takes 10 units at 100, so 1,000 of worth, at the open of the first candle. With a leverage of 10 its
 * margin is 100 and 900 stay free. Maintenance margin is 5 % of the worth. `level` is the liquidation
 * price behind the candle, `equity` and `margin` are what the account has there. No fees.
 *
 *     long   (10 × 100 − 100) / (10 × 0.95) = 94.7368…     nothing is left at 90
 *     short  (10 × 100 + 100) / (10 × 1.05) = 104.7619…    nothing is left at 110
 */
import assert from "node:assert/strict";
import { Account } from "../../engine/account/account.ts";
import { emptyCurve } from "../../engine/account/equity_curve.ts";
import type { ClosedTrade, Fill } from "../../engine/account/ledger.ts";
import { type AccountSettings, DEFAULT_ACCOUNT } from "../../engine/account/settings.ts";
import type { Stops } from "../../engine/account/stop_rules.ts";
import { Candles } from "../../engine/market/candles.ts";
import { signalColumns } from "../support/account_run.ts";
import { hours, type Prices, still } from "./hours.ts";

const SIDES = [
  ["enterLong", "reduceLong", "exitLong"],
  ["enterShort", "reduceShort", "exitShort"],
] as const;

interface Example {
  side: "long" | "short";
  settings?: Partial<AccountSettings>;
  stops?: Stops;
  /** What longs pay over each candle, the one before the table first. */
  funding?: number[];
  table: string;
  pnl: number;
}

const EXAMPLES: Record<string, Example> = {
  "liquidated within the candle: the margin is lost, and no more": {
    side: "long",
    table: `
      open  high   low  close | margin   level equity
       100   104    98    103 |    100 94.7368   1030
       103   105    95     96 |    100 94.7368    960
        96    97    94     96 |      0       -    900 liquidation at 94.7368
        96    99    93     98 |      0       -    900
        98    99    90     91 |      0       -    900`,
    pnl: -100,
  },
  "a gap beyond the level, yet not beyond the margin: the open, and still all of the margin": {
    side: "long",
    table: `
      open  high   low  close | margin   level equity
       100   104    98    103 |    100 94.7368   1030
       103   105    95     96 |    100 94.7368    960
        92    97    91     96 |      0       -    900 liquidation at 92
        96    99    93     98 |      0       -    900
        98    99    90     91 |      0       -    900`,
    pnl: -100,
  },
  "a gap beyond all of the margin: at the price at which nothing is left": {
    side: "long",
    table: `
      open  high   low  close | margin   level equity
       100   104    98    103 |    100 94.7368   1030
        80    85    79     84 |      0       -    900 liquidation at 90
        84    97    83     96 |      0       -    900
        96    99    93     98 |      0       -    900
        98    99    90     91 |      0       -    900`,
    pnl: -100,
  },
  "a short is liquidated above": {
    side: "short",
    table: `
      open  high   low  close |  margin    level equity
       100   103    98    102 |     100 104.7619    980
       102   106    95     96 |       0        -    900 liquidation at 104.7619
        96    97    94     96 |       0        -    900
        96    99    93     98 |       0        -    900
        98    99    90     91 |       0        -    900`,
    pnl: -100,
  },
  "a stop that is nearer comes first": {
    side: "long",
    stops: { stopLoss: 0.04 },
    table: `
      open  high   low  close | margin   level equity
       100   104    98    103 |    100 94.7368   1030
       103   105    94     95 |      0       -    960 stopLoss at 96
        95    97    94     96 |      0       -    960
        96    99    93     98 |      0       -    960
        98    99    90     91 |      0       -    960`,
    pnl: -40,
  },
  "a stop that is farther never comes": {
    side: "long",
    stops: { stopLoss: 0.06 },
    table: `
      open  high   low  close | margin   level equity
       100   104    98    103 |    100 94.7368   1030
       103   105    93     95 |      0       -    900 liquidation at 94.7368
        95    97    94     96 |      0       -    900
        96    99    93     98 |      0       -    900
        98    99    90     91 |      0       -    900`,
    pnl: -100,
  },
  "a target and the level in one candle: the worse, and counted": {
    side: "long",
    stops: { takeProfit: 0.05 },
    table: `
      open  high   low  close | margin   level equity
       100   104    98    103 |    100 94.7368   1030
       103   106    94     95 |      0       -    900 liquidation at 94.7368, ambiguous
        95    97    94     96 |      0       -    900
        96    99    93     98 |      0       -    900
        98    99    90     91 |      0       -    900`,
    pnl: -100,
  },
  "without leverage a short has a margin of its whole worth: (1000 + 1000) / (10 × 1.05)": {
    side: "short",
    settings: { leverage: 1, balance: 1_500 },
    table: `
      open  high   low  close | margin    level equity
       100   104    98    102 |   1000 190.4762   1480
       102   180    95    170 |   1000 190.4762    800
       170   195   160    165 |      0        -    500 liquidation at 190.4762
       165   170   150    160 |      0        -    500
       160   161   150    155 |      0        -    500`,
    pnl: -1_000,
  },
  "a long pays 1 % of its worth at a close, a negative rate pays the long": {
    side: "long",
    settings: { leverage: 1, maintenanceMargin: undefined, balance: 2_000 },
    funding: [0.01, 0, 0.01, 0, -0.02, 0],
    table: `
      open  high   low  close | margin  level equity
       100   104    98    102 |      -      -   2020
       102   105    95    100 |      -      -   1990
       100   102    96     98 |      -      -   1970
        98   101    94     99 |      -      -   1999.8
        99   101    98    100 |      -      -   2009.8`,
    pnl: NaN,
  },
  "a short is paid what longs pay": {
    side: "short",
    settings: { leverage: 1, maintenanceMargin: undefined, balance: 2_000 },
    funding: [0, 0.01, 0, 0, 0, 0],
    table: `
      open  high   low  close | margin  level equity
       100   104    98    102 |      -      -   1990.2
       102   105    95    100 |      -      -   2010.2
       100   102    96     98 |      -      -   2030.2
        98   101    94     99 |      -      -   2020.2
        99   101    98    100 |      -      -   2010.2`,
    pnl: NaN,
  },
  "funding that the free cash cannot pay is taken from the margin: 50 of 100 stay": {
    side: "long",
    settings: { balance: 100 },
    funding: [0, 0.05, 0, 0, 0, 0],
    table: `
      open  high   low  close | margin   level equity
       100   104    98    100 |     50      100     50
        99   100    98     99 |      0        -      0 liquidation at 99
        99   102    96     98 |      0        -      0
        98   101    94     99 |      0        -      0
        99   101    98    100 |      0        -      0`,
    pnl: -100,
  },
};

const ROW =
  /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+) \|\s+(\S+)\s+(\S+)\s+(\S+)\s*(?:(\w+) at ([\d.]+))?(, ambiguous)?$/;

function near(actual: number, expected: string, what: string): void {
  assert(Math.abs(actual - Number(expected)) < 5e-5, `${what}: ${actual}, but by hand ${expected}`);
}

function check({ side, settings, stops = {}, funding, table, pnl }: Example): void {
  const lines = table.split("\n").map((line) => ROW.exec(line)).filter((line) => line !== null);
  assert.equal(lines.length, 5, "candles");
  const plain = hours(
    still(100),
    ...lines.map(([, ...cells]) => cells.slice(0, 4).map(Number) as Prices),
  );
  const rates = funding && Float64Array.from(funding);
  const candles = new Candles("1h", { ...plain, funding: rates }, 2);
  const own = side === "long" ? "enterLong" : "enterShort";
  const signals = signalColumns({ [own]: [1, 0, 0, 0, 0, 0] }, 6), curve = emptyCurve(6);
  const account = new Account(
    {
      ...DEFAULT_ACCOUNT,
      ...{ balance: 1_000, fee: 0, shorts: true, sizing: "units", size: 10 },
      ...{ leverage: 10, maintenanceMargin: 0.05 },
      ...settings,
    },
    stops,
    "1h",
  );
  const trades: ClosedTrade[] = [], fills: Fill[] = [], { state } = account;
  for (let i = 0; i < 6; i++) {
    const { ambiguous } = state;
    account.advance(candles, i, i + 1, signals, i, curve, i, {
      signal() {},
      refuse() {},
      fill: (fill) => void fills.push(fill),
      trade: (trade) => void trades.push(trade),
    });
    if (i === 0) continue;
    const [, , , , , margin, level, equity, reason, price, isAmbiguous] = lines[i - 1];
    if (margin !== "-") near(state.margin, margin, `margin behind candle ${i}`);
    if (level === "-") assert(Number.isNaN(state.liquidation), `level behind candle ${i}`);
    else near(state.liquidation, level, `level behind candle ${i}`);
    near(curve.equity[i], equity, `equity behind candle ${i}`);
    assert.equal(state.ambiguous - ambiguous, isAmbiguous ? 1 : 0, `ambiguous in candle ${i}`);
    if (reason) {
      assert.equal(trades.length, 1, `closed in candle ${i}`);
      assert.equal(trades[0].reason, reason);
      near(trades[0].exitPrice, price, "exit");
    }
  }
  assert.equal(trades.length, lines.filter((line) => line[8]).length);
  if (trades.length > 0) near(trades[0].pnl, `${pnl}`, "profit");
}

for (const [name, example] of Object.entries(EXAMPLES)) {
  Deno.test(`by hand, ${example.side}: ${name}`, () => check(example));
}

Deno.test("a funding rate that is assumed falls due at its hours, also in a gap", () => {
  // Closes at 01:00, 02:00, … 07:00, then nothing until the candle of 15:00 to 16:00, UTC.
  const rows = hours(...Array.from({ length: 8 }, () => still(100))).rows();
  rows[7] = { ...rows[7], time: rows[6].time + 9 * 3_600_000 };
  const candles = Candles.fromRows("1h", rows), curve = emptyCurve(8);
  const settings = {
    balance: 2_000,
    fee: 0,
    sizing: "units",
    size: 10,
    fundingRate: 0.001,
  } as const;
  const account = new Account({ ...DEFAULT_ACCOUNT, ...settings }, {}, "1h");
  const signals = signalColumns({ enterLong: [1, 0, 0, 0, 0, 0, 0, 0] }, 8);
  account.advance(candles, 0, 8, signals, 0, curve, 0, {
    signal() {},
    refuse() {},
    fill() {},
    trade() {},
  });
  // At 08:00 and at 16:00: twice 0.1 % of 1,000.
  assert.deepEqual([...curve.equity], [...Array(7).fill(2_000), 1_998]);
  assert.equal(account.report(100).funding, 2);
});

Deno.test("on a market that stands still, a levered position that is closed in halves costs nothing", () => {
  const candles = hours(...Array.from({ length: 6 }, () => still(100)));
  for (const leverage of [1, 3, 10]) {
    for (const [enter, reduce, exit] of SIDES) {
      const settings = { balance: 10_000, fee: 0, size: 0.5, leverage, maintenanceMargin: 0.005 };
      const account = new Account({ ...DEFAULT_ACCOUNT, ...settings, shorts: true }, {}, "1h");
      const signals = signalColumns(
        { [enter]: [1, 0, 0, 0, 0, 0], [reduce]: [0, 1, 1, 0, 0, 0], [exit]: [0, 0, 0, 1, 0, 0] },
        6,
      );
      const curve = emptyCurve(6), fills: Fill[] = [];
      account.advance(candles, 0, 6, signals, 0, curve, 0, {
        signal() {},
        refuse() {},
        fill: (fill) => void fills.push(fill),
        trade() {},
      });
      assert.deepEqual(fills.map(({ amount }) => amount / leverage), [50, 25, 12.5, 12.5]);
      assert.deepEqual(fills.map(({ fee }) => fee), [0, 0, 0, 0], `${enter}, ${leverage}`);
      assert.deepEqual([...curve.equity], Array(6).fill(10_000));
    }
  }
});
