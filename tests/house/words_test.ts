/** The words of the account and those that the tables admit: a bot's rows must be taken. */
import assert from "node:assert/strict";
import { ACTIONS, FILL_REASONS, REASONS, REFUSAL_REASONS } from "../../engine/account/ledger.ts";
import { KINDS } from "../../engine/market/candles.ts";
import { MIGRATIONS } from "../../engine/storage/postgres/migrations/all.ts";

/** The words that the last check of a table's column admits. */
function admitted(table: string, column: string): string[] {
  const check = new RegExp(`\\b${column} in\\s*\\(([^)]*)\\)`, "g");
  const own = MIGRATIONS.flatMap(({ sql }) => sql.replaceAll(/--.*/g, "").split(";")).filter((
    statement,
  ) => new RegExp(`(create|alter) table ${table}\\b`).test(statement));
  const lists = own.flatMap((statement) => [...statement.matchAll(check)].map(([, list]) => list));
  assert(lists.length > 0, `no check of ${table}.${column}`);
  return [...lists.at(-1)!.matchAll(/'([^']*)'/g)].map(([, word]) => word).toSorted();
}

const WORDS = {
  "market_data.kind": KINDS,
  "signals.action": ACTIONS,
  "trades.reason": REASONS,
  "fills.reason": FILL_REASONS,
  "refusals.reason": REFUSAL_REASONS,
};

for (const [place, words] of Object.entries(WORDS)) {
  Deno.test(`the tables admit every word of ${place} that there is, and no other`, () => {
    const [table, column] = place.split(".");
    assert.deepEqual(admitted(table, column), [...words].toSorted());
  });
}
