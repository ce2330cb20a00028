import { sql as tables } from "./0001_tables.ts";

/** One step of the tables' history. */
export interface Migration {
  number: number;
  name: string;
  sql: string;
}

/** Every migration, in order. They only go forward: a released one is never changed. */
export const MIGRATIONS: readonly Migration[] = [
  { number: 1, name: "tables", sql: tables },
];
