import type postgres from "postgres";
import type { TimeRange } from "../../ports/store.ts";

/** The condition that a table's rows are within a range of time. */
export function withinTimes(sql: postgres.ISql, table: string, { after, to }: TimeRange) {
  const time = sql(`${table}.time`);
  return sql`
    ${after === undefined ? sql`` : sql`and ${time} > ${new Date(after)}`}
    ${to === undefined ? sql`` : sql`and ${time} <= ${new Date(to)}`}`;
}
