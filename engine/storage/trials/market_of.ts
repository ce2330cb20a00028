import type { DatabaseSync } from "node:sqlite";
import type { MarketMarks } from "../../ports/trial_ledger.ts";

/** So much of what two have in common has to be the same: a few closes are corrected later. */
const ALIKE = 0.9;

/** So many closes have to be the same: one may be by chance, where prices have few digits. */
const FEWEST = 2;

/**
 * The number of a market in the ledger: that of the one whose closes these are where both know the time, a
 * new one if there is none. Closes that were not known yet are added, so that spans which have nothing in
 * common meet once a search over both has been there.
 */
export function marketOf(db: DatabaseSync, marks: MarketMarks): number {
  const [known, ...others] = marketsLike(db, marks);
  const market = known ??
    Number(db.prepare("INSERT INTO markets DEFAULT VALUES RETURNING market").get()!.market);
  for (const other of others) merge(db, other, market);
  const add = db.prepare("INSERT OR IGNORE INTO marks VALUES (?, ?, ?)");
  marks.times.forEach((time, i) => add.run(market, time, marks.closes[i]));
  return market;
}

/**
 * The markets that these may be, the best match first: several, if nothing told until now that they are one.
 * One that closes otherwise than a better match is another market, which over a few days closed the same.
 */
export function marketsLike(db: DatabaseSync, marks: MarketMarks): number[] {
  const one: number[] = [];
  for (const market of matching(db, marks)) {
    if (one.every((other) => agree(db, market, other))) one.push(market);
  }
  return one;
}

/** The markets that have these closes, those with the most of them first. */
function matching(db: DatabaseSync, { times, closes }: MarketMarks): number[] {
  const at = db.prepare("SELECT market, close FROM marks WHERE time = ?");
  const same = new Map<number, number>(), common = new Map<number, number>();
  times.forEach((time, i) => {
    for (const row of at.all(time)) {
      const market = Number(row.market);
      common.set(market, (common.get(market) ?? 0) + 1);
      if (row.close === closes[i]) same.set(market, (same.get(market) ?? 0) + 1);
    }
  });
  const found = [...same].filter(([market, count]) =>
    count >= FEWEST && count >= ALIKE * common.get(market)!
  );
  return found.sort(([m, a], [n, b]) => b - a || m - n).map(([market]) => market);
}

/** Whether two markets of the ledger close alike where both know the time, if they do anywhere. */
function agree(db: DatabaseSync, one: number, other: number): boolean {
  const { common, same } = db.prepare(
    `SELECT count(*) AS common, coalesce(sum(a.close = b.close), 0) AS same
      FROM marks a JOIN marks b USING (time) WHERE a.market = ? AND b.market = ?`,
  ).get(one, other)!;
  return Number(same) >= ALIKE * Number(common);
}

function merge(db: DatabaseSync, other: number, market: number): void {
  db.prepare("UPDATE OR REPLACE searches SET market = ? WHERE market = ?").run(market, other);
  db.prepare("UPDATE OR IGNORE marks SET market = ? WHERE market = ?").run(market, other);
  db.prepare("DELETE FROM marks WHERE market = ?").run(other);
  db.prepare("DELETE FROM markets WHERE market = ?").run(other);
}
