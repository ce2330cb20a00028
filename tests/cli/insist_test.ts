import assert from "node:assert/strict";
import { insist } from "../../engine/cli/insist.ts";
import { StoreError, UnreachableError } from "../../engine/ports/store_errors.ts";

/** Fails so many times with `error`, then gives how often it was tried. */
function failing(times: number, error: Error) {
  let tries = 0;
  return () => ++tries > times ? Promise.resolve(tries) : Promise.reject(error);
}

Deno.test("what a database is needed for is tried until it is there; what it refuses is not", async () => {
  const { signal } = new AbortController();
  assert.equal(await insist(failing(2, new UnreachableError("It is away")), signal), 3);
  await assert.rejects(insist(failing(1, new StoreError("It refuses")), signal), /It refuses/);
  const away = failing(1, new UnreachableError("It is away"));
  await assert.rejects(insist(away, AbortSignal.abort()), /It is away/);
});
