import assert from "node:assert/strict";
import { createServer } from "node:http";
import { listen } from "../../engine/dashboard/listen.ts";

Deno.test("where nobody asked for a port, the next one that is free is taken, and told", async () => {
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { hostname, port } = taken.addr, server = createServer(), told: string[] = [];
  const found = await listen(server, { hostname, port, orNext: true }, (line) => told.push(line));
  await new Promise((resolve) => server.close(resolve));
  assert.ok(found > port);
  assert.equal(told[0], `Port ${port} is taken; the dashboard tries ${port + 1}`);
  assert.equal(told.length, found - port);
});
