import assert from "node:assert/strict";
import type { Decision } from "../../engine/ports/store.ts";
import { openConnection } from "../../engine/storage/postgres/connection.ts";
import { withStore } from "../support/database.ts";
import { bareBot, starting } from "./bare_bot.ts";

const NINE = Date.UTC(2024, 7, 8, 9), BOTS = Array.from({ length: 20 }, (_, i) => `bot${i}`);

const NONE = { signals: [], refusals: [], fills: [], trades: [] };

/** A decision of which only the drawdown can be impossible. */
function decision(botId: string, epoch: number, drawdown: number): Decision {
  const row = { time: NINE, equity: 1, cash: 1, position: 0, drawdown };
  const made = { snapshot: new Uint8Array([1]), performance: [row], candles: 1, maxDrawdown: 0 };
  return { botId, epoch, previousCursor: undefined, cursor: NINE, ...NONE, ...made };
}

/** In how many transactions decisions that came at once were written, some of them impossible. */
async function transactions(impossible: readonly number[]): Promise<number> {
  return await withStore(async (store, { url }) => {
    const epochs = await Promise.all(BOTS.map(async (botId) => {
      await store.bots.create(bareBot(botId));
      return await store.bots.claim(botId, starting("me"));
    }));
    await Promise.allSettled(
      BOTS.map((botId, i) =>
        store.commit(decision(botId, epochs[i], impossible.includes(i) ? 1 : 0))
      ),
    );
    const { sql, close } = openConnection(url, 1);
    const [{ rows, count }] = await sql<{ rows: number; count: number }[]>`
      select count(*)::integer as rows, count(distinct xmin::text)::integer as count
      from bot_performance`;
    await close();
    assert.equal(rows, BOTS.length - impossible.length);
    return count;
  });
}

Deno.test("decisions that come at once share a transaction, and are tried singly if that fails", async () => {
  assert.equal(await transactions([]), 1);
  assert.equal(await transactions([5, 11]), BOTS.length - 2);
});
