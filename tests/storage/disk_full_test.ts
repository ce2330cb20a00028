import assert from "node:assert/strict";
import type { Store } from "../../engine/ports/store.ts";
import { UnreachableError } from "../../engine/ports/store_errors.ts";
import { startEmbedded, stopEmbedded } from "../../engine/storage/embedded/embedded.ts";
import { openConnection } from "../../engine/storage/postgres/connection.ts";
import { openStore } from "../../engine/storage/postgres/store.ts";
import { eventually } from "../support/eventually.ts";
import { type Cluster, withCluster } from "../support/cluster.ts";
import { mayMount, withSmallDisk } from "../support/small_disk.ts";

const PLACE = { exchange: "binance", symbol: "BTC/USDT" }, START = Date.UTC(2024, 7, 8, 12);

/** Trades in one call. */
const BATCH = 2_000;

const madeTrades = (batch: number) =>
  Array.from({ length: BATCH }, (_, i) => {
    const id = batch * BATCH + i;
    return { id: `${id}`, timestamp: START + id, price: 1 + id, amount: 1, side: "buy" } as const;
  });

/** Stores batches from `next` on until the disk is full; returns the batch that did not fit. */
async function fillUp({ rawTrades }: Store, next: number): Promise<number> {
  for (let batch = next;; batch++) {
    try {
      await rawTrades.insert(PLACE, madeTrades(batch));
    } catch (error) {
      assert.ok(error instanceof UnreachableError, String(error));
      assert.match(error.message, /^Cannot store trades: the database's disk is full/);
      return batch;
    }
  }
}

/** Stores a batch as soon as that can be done. */
async function insist({ rawTrades }: Store, batch: number, again: () => Promise<void>) {
  await eventually("there is room for a batch", async () => {
    try {
      await rawTrades.insert(PLACE, madeTrades(batch));
      return true;
    } catch (error) {
      assert.ok(error instanceof UnreachableError, String(error));
      await again();
      return false;
    }
  });
}

async function check({ rawTrades }: Store, batches: number): Promise<void> {
  const trades = await rawTrades.between(PLACE, "trade", START, Date.UTC(2100));
  assert.equal(trades.length, batches * BATCH);
  assert.ok(trades.every((trade, i) => trade.id === `${i}`), "each once, in order");
}

/** Takes up room for the journal until there is none, which ends the server. */
async function fillJournal(url: string): Promise<void> {
  const { sql, close } = openConnection(url, 1);
  try {
    // Each call uses up a file of it.
    for (;;) await sql`select pg_logical_emit_message(false, '', ''), pg_switch_wal()`;
  } catch {
    // That was the last one.
  } finally {
    await close();
  }
}

/** Why nothing can be stored on a disk without room; returns the first batch that was not. */
const CASES = {
  tables: (store: Store) => fillUp(store, 3),
  journal: async (_: Store, url: string) => {
    await fillJournal(url);
    return 3;
  },
};

for (const [what, exhaust] of Object.entries(CASES)) {
  Deno.test({
    name: `a disk with no room for ${what} is told; nothing is lost or doubled when there is some`,
    ignore: !mayMount(),
    fn: () => withCluster((cluster) => surviveFullDisk(cluster, exhaust)),
  });
}

async function surviveFullDisk(
  { options, places }: Cluster,
  exhaust: typeof CASES["journal"],
): Promise<void> {
  // Set up where there is room, moved to where there is little.
  await (await startEmbedded(options)).release();
  await withSmallDisk(places.data, "96m", async (disk) => {
    const server = await startEmbedded(options), url = server.url("postgres");
    const store = await openStore(url, { patience: 6_000 });
    // A server whose journal does not fit ends itself; somebody has to start it again.
    const started: { release(): Promise<void> }[] = [server];
    const restart = async () => {
      const again = await startEmbedded(options).catch(() => undefined);
      if (again) started.push(again);
    };
    for (let batch = 0; batch < 3; batch++) await store.rawTrades.insert(PLACE, madeTrades(batch));
    await disk.fill();
    const first = await exhaust(store, url);
    await assert.rejects(store.rawTrades.insert(PLACE, madeTrades(first)), UnreachableError);
    assert.deepEqual((await store.healthCheck()).healthy, exhaust === CASES.tables);
    await disk.free();
    for (let batch = first; batch < first + 3; batch++) await insist(store, batch, restart);
    await check(store, first + 3);
    await store.close();
    for (const { release } of started) await release();
    await stopEmbedded({ ...options, force: true });
  });
}
