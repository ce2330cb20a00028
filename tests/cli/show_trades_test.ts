import assert from "node:assert/strict";
import type { Refusal } from "../../engine/account/ledger.ts";
import { backtest } from "../../engine/research/backtest.ts";
import smaCross from "../../strategies/sma_cross.ts";
import { waves } from "../research/waves.ts";
import { withStore } from "../support/database.ts";
import { bareBot, starting } from "../storage/bare_bot.ts";
import { runCommand } from "./command.ts";

const CONFIG = JSON.parse(Deno.readTextFileSync("strategies/sma_cross_1m.json"));

/** The rows of a table by the names of its columns: cells are two spaces apart. */
function rowsOf(text: string): Record<string, string>[] {
  const [names, ...rows] = text.trimEnd().split("\n").map((line) => line.trim().split(/ {2,}/));
  return rows.map((cells) => Object.fromEntries(names.map((name, i) => [name, cells[i]])));
}

const number = (text: string) => Number(text.replaceAll(",", ""));

Deno.test("show-trades tells trades, fills and refusals of a bot, and its columns add up", () =>
  withStore(async (store, { url: database }) => {
    const account = { fundingRate: 0.001, slippage: 0.001 };
    const { trades, fills, refusals } = backtest(smaCross, waves(400), { account });
    const refused: Refusal[] = [
      { time: 0, side: "long", price: 7, reason: "cash" },
      { time: 60_000, side: "short", price: 8, reason: "protection" },
    ];
    assert.equal(refusals.length, 0);
    await store.bots.create(bareBot("bot", CONFIG));
    const epoch = await store.bots.claim("bot", starting("me"));
    await store.commit({
      ...{
        botId: "bot",
        epoch,
        previousCursor: undefined,
        cursor: 1,
        snapshot: new Uint8Array(),
      },
      ...{ signals: [], refusals: refused, fills: [...fills], trades: [...trades] },
      ...{ performance: [], candles: 400, maxDrawdown: 0 },
    });
    const shown = async (...flags: string[]) =>
      (await runCommand(["show-trades", "bot", ...flags], { database })).out.split("\n");
    const [id, ...table] = await shown(), last = table.slice(-2);
    assert.deepEqual([id, last], [
      "bot",
      ["Refused: cash 1, protection 1 (--refusals lists them)", ""],
    ]);
    const rows = rowsOf(table.slice(0, -2).join("\n"));
    assert.equal(rows.length, trades.length);
    rows.forEach((row, i) => {
      const { side, entryPrice, exitPrice, amount } = trades.rows[i];
      const moved = (side === "long" ? 1 : -1) * (exitPrice - entryPrice) * amount;
      const cost = number(row.fees) + number(row.funding);
      assert.ok(number(row.funding) > 0);
      assert.ok(Math.abs(moved - cost - number(row.pnl)) < 0.02, JSON.stringify(row));
    });
    const bought = rowsOf((await shown("--fills")).slice(1).join("\n"));
    assert.equal(bought.length, fills.length);
    bought.forEach((row, i) => {
      const fill = fills.rows[i], { cash } = fills.rows[i - 1] ?? { cash: 10_000 };
      const paid = (fill.side === "buy" ? 1 : -1) * fill.price * fill.amount;
      const left = cash - paid - number(row.fee) - number(row.funding);
      assert.ok(Math.abs(left - number(row.cash)) < 0.02, JSON.stringify(row));
    });
    assert.deepEqual(await shown("--refusals"), [
      "bot",
      "time                  side   reason      price",
      "1970-01-01T00:00:00Z  long   cash         7.00",
      "1970-01-01T00:01:00Z  short  protection   8.00",
      "",
    ]);
    const json = JSON.parse((await shown("--refusals", "--json")).join(""));
    assert.deepEqual(json, refused);
  }));
