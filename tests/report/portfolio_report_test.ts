import assert from "node:assert/strict";
import { formatNumber } from "../../engine/metrics/format_number.ts";
import { Candles } from "../../engine/market/candles.ts";
import { fingerprint } from "../../engine/research/fingerprint.ts";
import { backtestPortfolio } from "../../engine/research/backtest_portfolio.ts";
import { report } from "../../engine/report/report.ts";
import smaCross from "../../strategies/sma_cross.ts";
import { channel } from "../charts/gallery.ts";
import { waves } from "../research/waves.ts";
import { textOf, valueOf } from "./page_text.ts";

const whole = waves(1_500), missing = whole.rows().filter((_, i) => i < 700 || i > 704);
const result = backtestPortfolio(
  { "BTC/EUR": smaCross, "ETH/EUR": channel, "XRP/EUR": smaCross },
  {
    "BTC/EUR": whole,
    "ETH/EUR": Candles.fromRows("1h", missing),
    "XRP/EUR": whole.slice(900, 1_500),
  },
  {
    params: { "BTC/EUR": { fast: 5, slow: 20 }, "XRP/EUR": { fast: 10, slow: 50 } },
    account: { fundingRate: 0.0001 },
    instruments: { "ETH/EUR": { fee: 0.002 } },
    portfolio: { maxOpenPositions: 2, exposureCap: 0.9, rebalance: { days: 7, threshold: 0.05 } },
  },
);
const page = await report(result).html(), text = textOf(page);

/** The text of the section with a title. */
function section(title: string): string {
  const from = page.indexOf(`<h3>${title}</h3>`);
  return textOf(page.slice(from, page.indexOf("</section>", from)));
}

Deno.test("the report of a portfolio has what each instrument did, and sums that are the whole's", () => {
  const part = section("Instruments"), summary = result.summary();
  for (const { instrument, profit, contribution, trades } of result.contributions) {
    const cells = [profit, contribution, trades].map((value, i) =>
      formatNumber(value, (["money", "fraction", "count"] as const)[i])
    );
    assert.ok(part.includes(`\n${instrument}\n${cells.join("\n")}\n`), instrument);
  }
  const { finalEquity, totalReturn, trades, fees, funding, turnover } = summary;
  const [profit, share, count] = part.slice(part.indexOf("\nTogether\n")).trim().split("\n").slice(
    1,
  );
  assert.deepEqual([profit, share, count], [
    formatNumber(finalEquity - 10_000, "money"),
    formatNumber(totalReturn, "fraction"),
    formatNumber(trades, "count"),
  ]);
  for (const value of [fees, funding, turnover]) {
    assert.ok(part.split("Together")[1].includes(`\n${formatNumber(value, "money")}\n`));
  }
});

Deno.test("it shows each instrument's candles and every trade of it", () => {
  const time = (at: number) => new Date(at).toISOString().slice(0, 16).replace("T", " ");
  result.instruments.forEach((name) => {
    const part = section(name);
    const own = result.trades.rows.filter(({ instrument }) => instrument === name);
    assert.ok(own.length > 3);
    assert.ok(part.includes(`\n${own.length} closed trades. Money is in the quote currency`));
    for (const { entryTime, exitTime } of own) {
      assert.match(part, new RegExp(`\n${time(entryTime)}\n[\\d.,]+\n${time(exitTime)}\n`));
    }
    assert.ok(page.includes(`<h3>${name}</h3>`));
  });
  // The whole, drawdowns, months, years, Sharpe, two of trades, and one for each instrument.
  assert.equal(page.match(/<figure/g)?.length, 7 + 3);
});

Deno.test("it says how the account is shared, what each has of its own, and what happened to any", () => {
  for (
    const rule of [
      "Each instrument may take an equal share of equity.",
      "At most 2 positions are open at a time.",
      "No entry makes all positions together more than 90.00% of equity.",
      "Positions that are off their shares by more than 5.00% of equity are brought back after the first " +
      "close of every 7 UTC days.",
      "Instruments that want the same cash are served in this order: BTC/EUR, ETH/EUR, XRP/EUR.",
    ]
  ) {
    assert.ok(text.includes(`\n${rule}\n`), rule);
  }
  assert.equal(valueOf(text, "fee"), "see below");
  assert.match(text, /\nInstrument\nfee\nBTC\/EUR\n0\.001\nETH\/EUR\n0\.002\nXRP\/EUR\n0\.001\n/);
  assert.equal(valueOf(text, "maxDrawdown"), "not set");
  assert.match(text, /\n5\ncandles missing, in 1 gap\n/);
  assert.match(text, /\nETH\/EUR\.\n/);
  const besides = text.slice(text.indexOf("\nWhat happened besides\n"));
  const refused = (reason: string, what: RegExp) => {
    const count = result.refusals.rows.filter((row) => row.reason === reason).length;
    assert.equal(Number(what.exec(besides)![1]), count, reason);
    return count;
  };
  assert.ok(refused("positions", /\n(\d+)\nan entry was refused: as many positions/) > 0);
  refused("cash", /\n(\d+)\nan entry was refused: too little cash/);
  assert.match(text, /\non BTC\/EUR\n/);
});

Deno.test("its receipt has the candles of each instrument, and its money the quote currency of all", () => {
  for (const name of result.instruments) assert.ok(text.includes(fingerprint(result.seen[name])));
  assert.equal(
    valueOf(text, "Final equity (EUR)"),
    formatNumber(result.summary().finalEquity, "money"),
  );
  assert.ok(
    text.includes("\nsma_cross (fast 5, slow 20), channel (window 20)") ||
      /3 strategies/.test(text),
  );
  for (const note of result.notes()) assert.ok(text.includes(`\n${note}\n`), note);
});

Deno.test("an instrument of a portfolio is a result of its own, with what it alone has earned", () => {
  for (const name of result.instruments) {
    const own = result.of(name), { time, equity } = own.equity.columns;
    const all = result.profits.columns, at = (t: number) => all.time.indexOf(t);
    assert.ok(time.every((t, i) => equity[i] === 10_000 + all[name][at(t)]));
    assert.deepEqual(
      own.trades.rows,
      result.trades.rows.filter(({ instrument }) => instrument === name),
    );
    const last = own.equity.length - 1, { cash, position, drawdown } = own.equity.columns;
    assert.equal(cash[last], equity[last] - result.values.column(name)[at(time[last])]);
    assert.equal(position[last], result.positions.column(name)[at(time[last])]);
    assert.ok(Math.abs(own.summary().maxDrawdown - Math.min(...drawdown)) < 1e-12);
  }
  assert.throws(() => result.of("BTC"), {
    name: "InputError",
    message: /^There is no instrument "BTC"/,
  });
});
