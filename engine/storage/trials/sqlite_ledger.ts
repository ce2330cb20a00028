import { createHash } from "node:crypto";
import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { Timeframe } from "../../market/timeframe.ts";
import type {
  EarlierSets,
  LedgerRow,
  RatioSums,
  TrialLedger,
  TriedSets,
} from "../../ports/trial_ledger.ts";
import { marketOf, marketsLike } from "./market_of.ts";
import { lookInto, withFile, withFileThere } from "./open.ts";

type Row = Record<string, SQLOutputValue>;

/**
 * The ledger of trials in a SQLite file, which several processes may use. It is opened for each call, so
 * that nothing is held and nothing is to be closed. Calls throw an `InputError` if the file is no ledger.
 */
export function sqliteLedger(path: string): TrialLedger {
  return {
    // What may not be written is no ledger of this process; what is not there is made.
    check: () => called(() => void withFileThere(path, () => {})),
    record: (market, tried) =>
      called(() =>
        withFile(path, (db) => {
          const number = marketOf(db, market);
          // Before its own rows are there.
          const earlier = earlierSets(db, number, tried);
          return { rows: tried.map((sets) => insert(db, number, sets)), earlier };
        })
      ),
    before: (market, tried) =>
      called(() =>
        lookInto(
          path,
          (db) => marketsLike(db, market).flatMap((number) => earlierSets(db, number, tried)),
        ) ?? []
      ),
    judged: (row, independent) =>
      called(() =>
        withFile(path, (db) => {
          db.prepare("UPDATE searches SET independent = ? WHERE search = ?").run(independent, row);
        })
      ),
    rows: () => called(() => withFileThere(path, allRows) ?? []),
    distinct: () => called(() => withFileThere(path, distinct) ?? new Map()),
  };
}

/** What is thrown at once is what a promise tells. */
async function called<T>(task: () => T): Promise<T> {
  return await task();
}

function insert(db: DatabaseSync, market: number, tried: TriedSets): number {
  const { ids, ratios, from, to, strategy, timeframe, method } = tried;
  const bytes = new Uint8Array(ids.buffer, ids.byteOffset, ids.byteLength);
  const hash = createHash("sha256").update(bytes).digest("hex");
  db.prepare("INSERT OR IGNORE INTO lists VALUES (?, ?)").run(hash, bytes);
  return db.prepare(
    `INSERT INTO searches (market, span_from, span_to, list, strategy, timeframe, method, sets,
        ratio_count, ratio_sum, ratio_squares, at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (market, span_from, span_to, list) DO UPDATE SET times = times + 1,
        at = excluded.at, ratio_count = excluded.ratio_count, ratio_sum = excluded.ratio_sum,
        ratio_squares = excluded.ratio_squares
      RETURNING search`,
  ).get(
    ...[market, from, to, hash, strategy, timeframe, method, ids.length],
    ...[ratios.count, ratios.sum, ratios.squares, Date.now()],
  )!.search as number;
}

/** Each row once that overlaps with a span of those that are tried; the same list is read once. */
export function earlierSets(
  db: DatabaseSync,
  market: number,
  tried: readonly Pick<TriedSets, "from" | "to">[],
): EarlierSets[] {
  const overlapping = db.prepare(
    "SELECT * FROM searches WHERE market = ? AND span_from < ? AND span_to > ? ORDER BY search",
  );
  const rows = new Map<unknown, Row>();
  for (const { from, to } of tried) {
    for (const row of overlapping.all(market, to, from)) rows.set(row.search, row);
  }
  const lists = new Map<unknown, Float64Array>();
  return [...rows.values()].map((row) => {
    const ids = lists.get(row.list) ?? idsOf(db, row.list);
    lists.set(row.list, ids);
    return { ids, ratios: ratiosOf(row), independent: numberOf(row.independent) };
  });
}

function idsOf(db: DatabaseSync, list: SQLOutputValue): Float64Array {
  const bytes = db.prepare("SELECT ids FROM lists WHERE hash = ?").get(list)!.ids as Uint8Array;
  // The bytes of a column do not begin where a number may.
  return new Float64Array(bytes.slice().buffer);
}

function ratiosOf(row: Row): RatioSums {
  const { ratio_count: count, ratio_sum: sum, ratio_squares: squares } = row;
  return { count: Number(count), sum: Number(sum), squares: Number(squares) };
}

const numberOf = (value: SQLOutputValue) => value === null ? NaN : Number(value);

function allRows(db: DatabaseSync): LedgerRow[] {
  return db.prepare("SELECT * FROM searches ORDER BY market, search").all().map((row) => ({
    market: Number(row.market),
    strategy: String(row.strategy),
    timeframe: row.timeframe as Timeframe,
    method: String(row.method),
    from: Number(row.span_from),
    to: Number(row.span_to),
    sets: Number(row.sets),
    ratios: ratiosOf(row),
    independent: numberOf(row.independent),
    at: Number(row.at),
    times: Number(row.times),
  }));
}

function distinct(db: DatabaseSync): ReadonlyMap<number, number> {
  const lists = new Map<number, Float64Array[]>();
  for (const { market, list } of db.prepare("SELECT DISTINCT market, list FROM searches").all()) {
    lists.set(Number(market), [...lists.get(Number(market)) ?? [], idsOf(db, list)]);
  }
  return new Map([...lists].map(([market, ids]) => [market, different(ids)]));
}

/** How many different numbers there are. (A `Set` holds no more than 2²⁴.) */
function different(lists: readonly Float64Array[]): number {
  const all = new Float64Array(lists.reduce((sum, { length }) => sum + length, 0));
  let length = 0;
  for (const ids of lists) {
    all.set(ids, length);
    length += ids.length;
  }
  all.sort();
  return all.reduce((count, id, i) => i > 0 && id === all[i - 1] ? count : count + 1, 0);
}
