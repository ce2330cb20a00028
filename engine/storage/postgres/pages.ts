/** Rows in one statement, so that none takes long, however much is read. */
const PAGE = 20_000;

/** What rows are ordered by: time (UTC milliseconds), then id. */
export interface Place {
  timestamp: number;
  id: string;
}

/**
 * All rows that `read` gives page by page: those behind a place, in order, and at most so many. No id
 * is empty, so the first place is just before the first row of its time.
 */
export async function readPages<Row extends Place>(
  from: number,
  read: (last: Place, limit: number) => Promise<readonly Row[]>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const page = await read(rows.at(-1) ?? { timestamp: from, id: "" }, PAGE);
    for (const row of page) rows.push(row);
    if (page.length < PAGE) return rows;
  }
}

/**
 * Sorts by time and, of one time, as ids count up: shorter ones first. The database's own order of
 * texts depends on how it was set up.
 */
export function inIdOrder<Row extends Place>(rows: Row[]): Row[] {
  return rows.sort((one, other) =>
    one.timestamp - other.timestamp || one.id.length - other.id.length ||
    (one.id < other.id ? -1 : one.id > other.id ? 1 : 0)
  );
}
