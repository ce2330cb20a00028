/** What closing would leave, worked by hand. The balance is 1,000; an entry takes 10 units at 100. */
import assert from "node:assert/strict";
import type { AccountSettings } from "../../engine/account/settings.ts";
import type { SignalName } from "../../engine/account/signals.ts";
import { Candles } from "../../engine/market/candles.ts";
import { accountRun } from "../support/account_run.ts";

const UNITS: Partial<AccountSettings> = { balance: 1_000, fee: 0, sizing: "units", size: 10 };

/** Enters at the second open, 100, and asks behind a close of `close` on a volume of `volume`. */
function held(
  signal: SignalName,
  close: number,
  volume: number,
  settings: Partial<AccountSettings>,
) {
  const rows = [[100, 100, 40], [100, close, volume]] as const;
  const candles = Candles.fromRows(
    "1h",
    rows.map(([open, close, volume], i) => ({
      ...{ time: (i + 1) * 3_600_000, open, close, volume, trades: 1, kind: "traded" as const },
      ...{ high: Math.max(open, close), low: Math.min(open, close) },
    })),
  );
  return accountRun({
    candles,
    signals: { [signal]: [1, 0] },
    settings: { ...UNITS, shorts: true, ...settings },
  });
}

const near = (found: number, expected: number) =>
  assert.ok(Math.abs(found - expected) < 1e-9, `${found} and not ${expected}`);

Deno.test("closing a long costs slippage, half the spread, impact by the volume, and fees of the worse price", () => {
  const settings = { slippage: 0.01, spread: 0.02, impact: 0.2, fee: 0.01, fixedFee: 1 };
  // Entry: 10 of 40 is a quarter, so 7 % worse: 107, and 10.70 + 1 of fees.
  const cash = 5_000 - 1_070 - 11.7;
  const run = held("enterLong", 200, 100, { ...settings, balance: 5_000 });
  // Exit: 10 of 100 is a tenth, so 4 % worse: 192, and 19.20 + 1 of fees.
  near(run.closedEquity, cash + 1_920 - 20.2);
  near(run.curve.equity[1], cash + 2_000);
  assert.equal(run.trades.length, 0);
  assert.equal(run.open?.amount, 10);
  // More than the volume moves no more than the whole of it: 22 % worse, 156.
  near(
    held("enterLong", 200, 5, { ...settings, balance: 5_000 }).closedEquity,
    cash + 1_560 - 16.6,
  );
});

Deno.test("a short that the cash cannot buy back leaves nothing, and never less", () => {
  // Sold at 90, so the cash is 1,900. At 170 buying back at 187 leaves 30; at 180 at 198 would take 1,980.
  near(held("enterShort", 170, 1, { slippage: 0.1 }).closedEquity, 30);
  const ruined = held("enterShort", 180, 1, { slippage: 0.1 });
  near(ruined.curve.equity[1], 100);
  assert.equal(ruined.closedEquity, 0);
  assert.ok(!ruined.ended, "asking closes nothing");
});

Deno.test("an account that holds nothing has its cash", () => {
  assert.equal(held("exitLong", 200, 1, {}).closedEquity, 1_000);
});
