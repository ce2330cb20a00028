import assert from "node:assert/strict";
import { checkHost } from "../../engine/dashboard/guard/check_host.ts";

Deno.test("a server goes by the names that it was given, however they are written", () => {
  for (const name of ["bots.example.org", "Bots.Example.org", "BOTS.EXAMPLE.ORG"]) {
    for (const host of ["bots.example.org", "Bots.example.ORG:8443"]) checkHost(host, [name]);
    assert.throws(() => checkHost("evil.example.org", [name]), /"evil.example.org"/);
  }
});

Deno.test("what is no name is none that a server goes by", () => {
  for (const host of [undefined, "", " ", "a@b", "a/b"]) {
    for (const names of [[], [""], [" "], ["a@b"]]) {
      assert.throws(() => checkHost(host, names), /does not go by the name ""/);
    }
  }
});
