/** The words of the account and those that the tables admit: a bot's rows must be taken. */
import assert from "node:assert/strict";
import { ACTIONS, REASONS } from "../../engine/account/ledger.ts";
import { KINDS } from "../../engine/market/candles.ts";
import { MIGRATIONS } from "../../engine/storage/postgres/migrations/all.ts";

/** The words that the last check of a column admits. */
function admitted(column: string): string[] {
  const check = new RegExp(`\\b${column} in\\s*\\(([^)]*)\\)`, "g");
  const lists = MIGRATIONS.flatMap(({ sql }) => [...sql.matchAll(check)].map(([, list]) => list));
  assert(lists.length > 0, `no check of ${column}`);
  return [...lists.at(-1)!.matchAll(/'([^']*)'/g)].map(([, word]) => word).toSorted();
}

for (const [column, words] of Object.entries({ action: ACTIONS, reason: REASONS, kind: KINDS })) {
  Deno.test(`the tables admit every ${column} that there is, and no other`, () => {
    assert.deepEqual(admitted(column), [...words].toSorted());
  });
}
