import assert from "node:assert/strict";
import { openStore } from "../../engine/storage/postgres/store.ts";
import { withDatabase } from "../support/database.ts";
import { bareBot } from "./bare_bot.ts";

const text = new TextDecoder(), bytes = new TextEncoder();

/** PostgreSQL's message to a client that is not let in. */
function refusal(code: string, message: string): Uint8Array {
  const body = bytes.encode(`SFATAL\0C${code}\0M${message}\0\0`);
  const packet = new Uint8Array(5 + body.length);
  packet[0] = "E".charCodeAt(0);
  new DataView(packet.buffer).setUint32(1, 4 + body.length);
  packet.set(body, 5);
  return packet;
}

/** What stands between clients and a server and lets nobody in who brings settings, as PgBouncer does. */
function startPooler(url: string) {
  const server = new URL(url), listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const seen = { refused: 0, passed: 0 };
  const serve = async (client: Deno.Conn) => {
    const first = new Uint8Array(4_096), length = await client.read(first) ?? 0;
    const startup = first.subarray(0, length);
    if (text.decode(startup).includes("statement_timeout")) {
      seen.refused++;
      await client.write(refusal("08P01", "unsupported startup parameter: statement_timeout"));
      client.close();
      return;
    }
    seen.passed++;
    const real = await Deno.connect({ hostname: server.hostname, port: Number(server.port) });
    await real.write(startup);
    await Promise.allSettled([
      client.readable.pipeTo(real.writable),
      real.readable.pipeTo(client.writable),
    ]);
  };
  const serving = (async () => {
    const clients: Promise<void>[] = [];
    for await (const client of listener) clients.push(serve(client));
    await Promise.all(clients);
  })();
  const address = new URL(url);
  address.port = String((listener.addr as Deno.NetAddr).port);
  return {
    url: address.href,
    seen,
    close: async () => {
      listener.close();
      await serving;
    },
  };
}

Deno.test("a pooler that takes no settings is entered without them", () =>
  withDatabase(async (url) => {
    const pooler = startPooler(url), store = await openStore(pooler.url);
    await store.bots.create(bareBot("a"));
    assert.equal((await store.bots.list()).length, 1);
    await store.close();
    await pooler.close();
    assert.deepEqual([pooler.seen.refused, pooler.seen.passed > 0], [1, true]);
  }));
