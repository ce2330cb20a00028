import assert from "node:assert/strict";
import type { TextCells } from "../../engine/report/section.ts";
import { tradeTable } from "../../engine/report/trade_table.ts";
import { backtest } from "../../engine/research/backtest.ts";
import smaCross from "../../strategies/sma_cross.ts";
import { waves } from "../research/waves.ts";

function tablesOf(fundingRate: number): { closed: TextCells; open: TextCells } {
  const account = { fundingRate, slippage: 0.001 }, params = { fast: 5, slow: 20 };
  const [closed, open] = tradeTable(backtest(smaCross, waves(700), { params, account }));
  assert.ok(closed.kind === "table" && open.kind === "table");
  return { closed: closed.table, open: open.table };
}

/** The column of a table below a head, as numbers. */
function numbers({ columns, rows }: TextCells, head: string): number[] {
  const at = columns.findIndex(({ name }) => name === head);
  assert.ok(at >= 0, head);
  return rows.map((row) => Number(row[at].replace(/,/g, "")));
}

const texts = ({ columns, rows }: TextCells, head: string) =>
  rows.map((row) => row[columns.findIndex(({ name }) => name === head)]);

Deno.test("what prices gave, less fees and funding, is the profit in each row of the report's trades", () => {
  const { closed } = tablesOf(0.001), sides = texts(closed, "Side");
  const of = (head: string) => numbers(closed, head);
  const [bought, sold, amount] = [of("Entry price"), of("Exit price"), of("Amount")];
  const [profit, fees, funding] = [of("Profit"), of("Fees"), of("Funding")];
  assert.ok(profit.length > 5 && funding.every((paid) => paid > 0));
  profit.forEach((pnl, i) => {
    const moved = (sides[i] === "long" ? 1 : -1) * (sold[i] - bought[i]) * amount[i];
    // Prices are written to the cent, of some 100 units.
    assert.ok(Math.abs(moved - fees[i] - funding[i] - pnl) < 0.01 * amount[i] + 0.02, `${i}`);
  });
});

Deno.test("the totals below the trades are the sums of their columns", () => {
  const { closed, open } = tablesOf(0.001);
  for (const head of ["Profit", "Fees", "Slippage", "Funding"]) {
    const total = new RegExp(`${head.toLowerCase()} (-?[\\d,.]+\\d)`).exec(
      closed.caption.slice(closed.caption.indexOf("All together")),
    );
    const sum = numbers(closed, head).reduce((sum, value) => sum + value, 0);
    const told = Number(total![1].replace(/,/g, ""));
    assert.ok(Math.abs(told - sum) < 0.01 * closed.rows.length, `${head}: ${told}, ${sum}`);
  }
  assert.ok(numbers(open, "Funding")[0] > 0);
});

Deno.test("of spot there is no funding to tell", () => {
  const { closed, open } = tablesOf(0);
  for (const { columns, caption } of [closed, open]) {
    assert.ok(columns.every(({ name }) => name !== "Funding"));
    assert.doesNotMatch(caption.split("All together")[1] ?? "", /funding/);
  }
});
