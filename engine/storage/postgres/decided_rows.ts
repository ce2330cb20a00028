import type { Decision } from "../../ports/store.ts";
import { numberArray, textArray, timeArray } from "./array_literal.ts";

/** The rows of some decisions that go into one table, each with its bot and its place among that bot's. */
export class DecidedRows<Row> {
  private readonly rows: { botId: string; ordinal: number; row: Row }[];

  constructor(decisions: readonly Decision[], of: (decision: Decision) => readonly Row[]) {
    this.rows = decisions.flatMap((decision) =>
      of(decision).map((row, i) => ({ botId: decision.botId, ordinal: i + 1, row }))
    );
  }

  get isEmpty(): boolean {
    return this.rows.length === 0;
  }

  get bots(): string {
    return textArray(this.rows.map(({ botId }) => botId));
  }

  /** Counts each bot's rows from 1. */
  get ordinals(): string {
    return numberArray(this.rows.map(({ ordinal }) => ordinal));
  }

  numbers(of: (row: Row) => number): string {
    return numberArray(this.rows.map(({ row }) => of(row)));
  }

  texts(of: (row: Row) => string): string {
    return textArray(this.rows.map(({ row }) => of(row)));
  }

  times(of: (row: Row) => number): string {
    return timeArray(this.rows.map(({ row }) => of(row)));
  }
}
