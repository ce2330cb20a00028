import assert from "node:assert/strict";
import { SETTINGS } from "../../engine/account/settings.ts";
import { SIGNALS } from "../../engine/account/signals.ts";
import { STOPS } from "../../engine/account/stop_rules.ts";
import { accountMarkdown } from "../../engine/cli/account/markdown.ts";
import { accountChapters } from "../../engine/cli/account/page.ts";
import { pullback } from "../../engine/cli/account/pullback.ts";
import { pyramid } from "../../engine/cli/account/pyramid.ts";
import type { AccountSettings } from "../../engine/account/settings.ts";
import { readCandlesCsv } from "../../engine/market/candles_csv.ts";
import { backtest } from "../../engine/research/backtest.ts";
import type { Strategy } from "../../engine/strategy/strategy.ts";
import { runCommand } from "./command.ts";

const page = Deno.readTextFileSync(new URL("../../docs/account.md", import.meta.url));

Deno.test("the page of the account is what its tables say, and names all of them", () => {
  assert.equal(page, accountMarkdown(accountChapters()), "deno task account --write");
  for (const name of [SIGNALS, STOPS, SETTINGS].flatMap((table) => Object.keys(table))) {
    assert.match(page, new RegExp(`^\\| \`${name}\` \\|`, "m"));
  }
});

/** What `account: {…}` of the page's n-th backtest is. */
function settingsOf(name: string): Partial<AccountSettings> {
  const [, text] = new RegExp(`backtest\\(${name}, candles, \\{\\s+account: (\\{[^}]*\\})`).exec(
    page,
  )!;
  return JSON.parse(text.replace(/(\w+):/g, '"$1":'));
}

const candles = await readCandlesCsv("data/sample_candles_1h.csv.gz");

function reasonsOf(strategy: Strategy) {
  const result = backtest(strategy, candles, { account: settingsOf(strategy.name) });
  return { result, reasons: new Set(result.fills.rows.map(({ reason }) => reason)) };
}

Deno.test("the examples of the page do what it says of them", () => {
  const { result, reasons } = reasonsOf(pullback);
  for (const reason of ["firstTarget", "reduction", "breakEven", "stopLoss", "entry"] as const) {
    assert.ok(reasons.has(reason), reason);
  }
  const entries = result.fills.rows.filter(({ reason }) => reason === "entry");
  assert.ok(entries.some(({ role }) => role === "maker") && result.counts.expired > 0);
  const { result: { fills } } = reasonsOf(pyramid);
  let inRow = 0, most = 0;
  for (const { reason, position } of fills.rows) {
    inRow = reason === "entry" ? inRow + 1 : position === 0 ? 0 : inRow;
    most = Math.max(most, inRow);
  }
  assert.equal(most, 4);
});

Deno.test("account lists them, tells of one, and helps with a misspelt name", async () => {
  const [list, one, json, wrong] = await Promise.all([
    runCommand(["account"]),
    runCommand(["account", "limitEntry"]),
    runCommand(["account", "size", "--json"]),
    runCommand(["account", "limitEntri"]),
  ]);
  assert.match(list.out, /^Settings\n(?: {2}.*\n)* {2}leverage +How many times .*$/m);
  assert.match(
    one.out,
    /^limitEntry \(stops[^]*Not with stopEntry or maxEntries[^]*may be {3}a frac/,
  );
  assert.deepEqual(JSON.parse(json.out).map(({ where }: { where: string }) => where), [
    "Signals",
    "Settings",
  ]);
  assert.deepEqual([wrong.code, wrong.err], [
    1,
    'Nothing of the account is called "limitEntri": did you mean "limitEntry"?\n',
  ]);
});
