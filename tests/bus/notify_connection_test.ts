import assert from "node:assert/strict";
import { openNotifyConnection } from "../../engine/bus/notify_connection.ts";
import { StoreError } from "../../engine/ports/store_errors.ts";
import { withDatabase } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";

Deno.test("a message that the server refuses harms the connection in nothing", () =>
  withDatabase(async (url) => {
    const heard: string[] = [], lost: string[] = [], stop = new AbortController().signal;
    const ears = {
      hear: (payload: string) => void heard.push(payload),
      lost: ({ message }: StoreError) => void lost.push(message),
    };
    const connection = await openNotifyConnection({ url, patience: 10_000, stop }, ears);
    try {
      await connection.send(["before"]);
      // PostgreSQL takes payloads below 8,000 bytes.
      await assert.rejects(connection.send(["x".repeat(8_000)]), StoreError);
      await connection.send(["behind"]);
      await eventually("both are heard", () => heard.length === 2);
      assert.deepEqual([heard, lost], [["before", "behind"], []]);
    } finally {
      await connection.close();
    }
  }));
