/** What holds of every run, whatever the candles, the signals and the settings. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { CURVE_COLUMNS } from "../../engine/account/equity_curve.ts";
import { foldFill, newTrade } from "../../engine/account/trade_fold.ts";
import { type AccountRun, accountRun } from "../support/account_run.ts";
import { assertProperty } from "../support/property.ts";
import { plainInput, type RandomInput, randomInput } from "./random_inputs.ts";

function holds(
  name: string,
  check: (input: RandomInput, run: AccountRun) => void,
  inputs = randomInput,
): void {
  Deno.test(name, () => {
    assertProperty(fc.property(inputs, (input) => check(input, accountRun(input))), 1_000);
  });
}

const sum = (values: number[]) => values.reduce((sum, value) => sum + value, 0);

/** Asserts equality to 1e-9 of the largest amount of money that went into the numbers. */
function assertMoney(actual: number, expected: number, scale: number, what: string): void {
  assert(Math.abs(actual - expected) <= 1e-9 * scale, `${what}: ${actual} is not ${expected}`);
}

holds(
  "cash and the position at the close are the equity, bit for bit",
  ({ candles }, { curve }) => {
    const { equity, cash, position } = curve;
    equity.forEach((value, i) => assert.equal(value, cash[i] + position[i] * candles.close[i]));
  },
);

holds("every number is a number", (_, { curve, trades, open, fees, turnover }) => {
  for (const name of CURVE_COLUMNS) assert(curve[name].every(Number.isFinite));
  for (const { side: _, reason: __, ...numbers } of trades) {
    assert(Object.values(numbers).every(Number.isFinite), JSON.stringify(numbers));
  }
  const { side: _side, ...numbers } = open ?? { side: undefined };
  assert(Object.values(numbers).every(Number.isFinite), JSON.stringify(numbers));
  assert(Number.isFinite(fees) && Number.isFinite(turnover));
});

holds("equity never falls below zero", (_, { curve }) => {
  assert(curve.equity.every((equity) => equity >= 0));
});

holds("nothing is bought without the cash for it", ({ candles, settings }, { curve, trades }) => {
  const { leverage = 1, fundingRate = 0 } = settings;
  // Leverage borrows, and funding may be owed.
  if (leverage === 1 && fundingRate === 0 && !candles.funding) {
    assert(curve.cash.every((cash) => cash >= 0), "cash");
  }
  if (!settings.shorts) {
    assert(curve.position.every((position) => position >= 0), "short");
    assert(trades.every(({ side }) => side === "long"), "short");
  }
});

holds("profits of trades are the change of equity", ({ settings: { balance } }, run) => {
  const { trades, closedOn, open, curve: { equity, position } } = run;
  const most = Math.max(balance, ...equity);
  let closed = balance, n = 0;
  equity.forEach((worth, row) => {
    while (closedOn[n] === row) closed += trades[n++].pnl;
    if (position[row] === 0) assertMoney(closed, worth, most, `row ${row}`);
  });
  assert.equal(n, trades.length);
  assertMoney(closed + (open?.pnl ?? 0), equity.at(-1)!, most, "open position included");
});

holds("fees and turnover are those of the fills", ({ settings }, run) => {
  const { trades, open, fees, turnover } = run;
  const traded = sum(run.fills.map(({ amount, price }) => amount * price));
  assertMoney(turnover, traded, traded, "turnover");
  const closed = trades.map((trade) => trade.amount * (trade.entryPrice + trade.exitPrice));
  if (!open) assertMoney(sum(closed), traded, traded, "turnover by trade");
  const { fee, makerFee = fee, fixedFee = 0 } = settings;
  const byRate = run.fills.filter(({ reason }) => reason !== "liquidation");
  const owed = byRate.map(({ price, amount, role, reason }) =>
    price * amount * (role === "maker" ? makerFee : fee) + (reason === "ruin" ? 0 : fixedFee)
  );
  byRate.forEach(({ fee, cash, side }, n) => {
    assert(fee >= 0, `fill ${n}: a fee of ${fee}`);
    // Who cannot pay a fee pays what there is.
    if (side === "sell" && cash === 0) assert(fee <= owed[n] * (1 + 1e-12), `fill ${n}`);
    else assertMoney(fee, owed[n], Math.max(traded, settings.balance), `fee of fill ${n}`);
  });
  assertMoney(sum(run.fills.map(({ fee }) => fee)), fees, traded, "by fill");
  assertMoney(sum(trades.map(({ fees }) => fees)) + (open?.fees ?? 0), fees, traded, "by trade");
});

holds("a trade's numbers fit together", (_, { trades }) => {
  for (const trade of trades) {
    const { side, amount, entryPrice, exitPrice, fees, funding, pnl, return: ratio } = trade;
    const gain = side === "long" ? exitPrice - entryPrice : entryPrice - exitPrice;
    const scale = amount * (entryPrice + exitPrice);
    assertMoney(pnl, amount * gain - fees - funding, scale, "profit");
    assert(Math.abs(ratio - pnl / (amount * entryPrice)) <= 1e-12 * Math.max(1, Math.abs(ratio)));
  }
});

holds("trades follow one another", ({ candles }, { trades, open }) => {
  let last = -Infinity;
  for (const { entryTime, exitTime } of trades) {
    assert(entryTime >= last && exitTime >= entryTime);
    last = exitTime;
  }
  if (open) assert(open.entryTime >= last);
  assert(last <= candles.time[candles.length - 1]);
});

holds("an entry takes its fraction of equity and no more, in whole lots", (input, run) => {
  const { fee, size, lot, balance } = input.settings;
  let worth = balance;
  for (const { amount, entryPrice, pnl } of run.trades) {
    const cost = amount * entryPrice * (1 + fee), most = worth * size;
    assert(cost <= most * (1 + 1e-12), `${cost} of ${most}`);
    const unused = most - cost, oneLot = lot * entryPrice * (1 + fee);
    assert(unused <= oneLot + 1e-9 * balance, `${unused} unused of ${most}`);
    if (lot > 0) {
      const lots = Math.round(amount / lot);
      assert(Math.abs(amount - lots * lot) <= 1e-12 * amount, `${amount} in lots of ${lot}`);
    }
    worth += pnl;
  }
}, plainInput);

holds("after the ruin there is nothing, and nothing happens", (_, run) => {
  const { trades, closedOn, curve, signals, open, ended } = run;
  const ruined = trades.findIndex(({ reason }) => reason === "ruin");
  const isTaken = ended && trades.at(-1)!.reason === "liquidation";
  assert.equal(ruined, ended && !isTaken ? trades.length - 1 : -1);
  if (!ended) return;
  const row = closedOn[trades.length - 1];
  assert.equal(open, undefined);
  assert(signals.every((signal) => signal.row <= row));
  for (const column of [curve.equity, curve.cash, curve.position]) {
    assert(column.subarray(row).every((value) => value === 0));
  }
});

holds("drawdown is the equity below its peak, the balance included", ({ settings }, { curve }) => {
  let peak = settings.balance;
  curve.equity.forEach((equity, i) => {
    peak = Math.max(peak, equity);
    assert.equal(curve.drawdown[i], equity / peak - 1);
  });
});

holds("cash and position change by the fills, and by nothing else", ({ settings }, run) => {
  let cash = settings.balance, position = 0;
  const most = Math.max(settings.balance, ...run.fills.map(({ cash }) => cash));
  for (const fill of run.fills) {
    const side = fill.side === "buy" ? 1 : -1;
    const paid = side * fill.amount * fill.price + fill.fee + fill.funding;
    assertMoney(fill.cash, cash - paid, most, "cash");
    position += side * fill.amount;
    assert(Math.abs(fill.position - position) <= 1e-12 * Math.abs(fill.amount), "position");
    ({ cash, position } = fill);
  }
  const due = run.funding - sum(run.fills.map(({ funding }) => funding));
  assertMoney(run.curve.cash.at(-1)!, cash - due, most, "cash at the end");
  assert.equal(run.curve.position.at(-1), position);
});

holds("the trades are what the fills make", ({ settings }, { fills, trades }) => {
  const again = newTrade(settings.balance);
  assert.deepEqual(fills.flatMap((fill) => foldFill(again, fill) ?? []), trades);
});

holds("a liquidation takes the margin, all of it and nothing else", ({ settings }, run) => {
  const { leverage = 1 } = settings;
  let from = 0;
  for (const { reason, amount, entryPrice, pnl } of run.trades) {
    const to = run.fills.findIndex(({ position }, n) => n >= from && position === 0);
    const fills = run.fills.slice(from, to + 1);
    from = to + 1;
    // Of several entries, parts and payments the naive account keeps the books.
    if (reason !== "liquidation" || fills.length > 2 || fills[1].funding !== 0) continue;
    const notional = amount * entryPrice, lost = notional / leverage + fills[0].fee;
    assertMoney(pnl, -lost, notional, "what is lost");
  }
});

holds(
  "funding is the rate on what is held at each close, and through gaps",
  ({ candles, settings, stops }, run) => {
    const { position } = run.curve, { funding, fundingInGap: gaps, time, close, open } = candles;
    if (!funding || !gaps || settings.fill === "close" || run.ended) return;
    // What is filled inside of a candle does not receive all of it.
    if (stops.limitEntry !== undefined || stops.stopEntry !== undefined) return;
    // What is held at the close was held before it, as long as nothing is filled at a close.
    const owed = time.map((_, i) =>
      position[i] * close[i] * (funding[i] - gaps[i]) + (position[i - 1] ?? 0) * open[i] * gaps[i]
    );
    assertMoney(run.funding, sum([...owed]), run.turnover + 1, "funding");
  },
);

holds("a position has no more entries than it may, and its parts are whole lots", (input, run) => {
  const { maxEntries = 1 } = input.stops as { maxEntries?: number }, { lot } = input.settings;
  let entries = 0;
  for (const { reason, amount, position } of run.fills) {
    if (reason === "entry") entries++;
    assert(entries <= maxEntries, `${entries} entries`);
    const lots = Math.round(amount / lot);
    if (lot > 0) assert(Math.abs(amount - lots * lot) <= 1e-9 * amount, `${amount} in lots`);
    if (position === 0) entries = 0;
  }
});

holds("entries keep to the lot, the least notional and the limits of a day", (input, run) => {
  const { lot, minNotional = 0, maxTradesPerDay = Infinity } = input.settings;
  const perDay = new Map<number, number>(), { candles } = input;
  run.fills.forEach(({ amount, price, reason }, n) => {
    if (reason !== "entry") return;
    const lots = Math.round(amount / lot);
    if (lot > 0) assert(Math.abs(amount - lots * lot) <= 1e-12 * amount, `${amount} in lots`);
    assert(amount * price >= minNotional);
    const day = Math.floor((candles.time[run.filledOn[n]] - 1) / 86_400_000);
    perDay.set(day, (perDay.get(day) ?? 0) + 1);
  });
  // One that was decided before midnight may be filled behind it.
  assert([...perDay.values()].every((count) => count <= maxTradesPerDay + 1), "entries a day");
});

Deno.test("without costs, swapping long and short negates what each trade earns a unit", () => {
  assertProperty(
    fc.property(plainInput, ({ candles, signals, settings }) => {
      const free = { ...settings, fee: 0, slippage: 0, lot: 0, shorts: true, size: 0.1 };
      const run = accountRun({ candles, signals, settings: free, stops: {} });
      const swapped = accountRun({
        candles,
        signals: {
          enterLong: signals.enterShort,
          exitLong: signals.exitShort,
          enterShort: signals.enterLong,
          exitShort: signals.exitLong,
        },
        settings: free,
        stops: {},
      });
      if (run.ended || swapped.ended) return;
      assert.equal(run.trades.length, swapped.trades.length);
      run.trades.forEach(({ side, entryPrice, exitPrice, pnl, amount }, n) => {
        const other = swapped.trades[n];
        assert.notEqual(side, other.side);
        assert.deepEqual([entryPrice, exitPrice], [other.entryPrice, other.exitPrice]);
        const scale = entryPrice + exitPrice;
        assertMoney(pnl / amount, -other.pnl / other.amount, scale * 100, "per unit");
      });
    }),
    1_000,
  );
});
