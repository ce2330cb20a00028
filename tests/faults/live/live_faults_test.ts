import assert from "node:assert/strict";
import { findServer } from "../../../engine/storage/server.ts";
import { tapeRows } from "../../support/fake_exchange/tape_rows.ts";
import { withLivePlace } from "./live_places.ts";
import { wrongOf } from "./live_report.ts";
import { liveRun } from "./live_run.ts";
import { pieceOf } from "./played_market.ts";
import { openSignals } from "./signals.ts";
import { undisturbed } from "./undisturbed.ts";

const SAMPLE = new URL("../../../data/sample_tape.csv.gz", import.meta.url).pathname;

/** A kill in the midst of a transaction, the same where a decision is two, and a frozen runner. */
const TRIED = [
  { seed: 4, faults: "inTransaction", splits: false },
  { seed: 4, faults: "inTransaction", splits: true },
  { seed: 12, faults: "runners", splits: false },
] as const;

Deno.test("live processes that are killed or frozen leave what an undisturbed one leaves; with a split transaction they do not", async () => {
  const server = await findServer(), { url } = server;
  const signals = openSignals(), piece = pieceOf(await tapeRows(SAMPLE));
  const dialect = "binance" as const, bus = "postgres" as const;
  try {
    const expected = await withLivePlace(
      {},
      url,
      (place) => undisturbed({ piece, kind: { dialect }, place, signals }),
    );
    assert.ok(expected.fills.length > 10, `${expected.fills.length} fills`);
    const settled = await Promise.allSettled(TRIED.map(({ seed, faults, splits }) => {
      const kind = { faults, dialect, bus };
      return withLivePlace(
        kind,
        url,
        (place) => liveRun({ seed, kind, piece, place, signals, expected, splits }),
      );
    }));
    const [killed, split, frozen] = settled.map((one) => {
      if (one.status === "rejected") throw one.reason;
      const { tables: _, ...run } = one.value;
      return run;
    });
    for (const run of [killed, frozen]) {
      assert.equal(wrongOf(run), 0, JSON.stringify(run));
      assert.deepEqual([run.injected, run.stuck, run.failures], [1, false, []]);
    }
    assert.ok(wrongOf(split) > 0, "the control lost nothing");
  } finally {
    await signals.close();
    await server.release();
  }
});
