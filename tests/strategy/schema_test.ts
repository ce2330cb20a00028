import assert from "node:assert/strict";
import { configJsonSchema } from "../../engine/strategy/config.ts";

const FILE = new URL("../../strategies/config.schema.json", import.meta.url);

Deno.test("strategies/config.schema.json is current: `deno task schema` writes it anew", () => {
  const found = JSON.parse(Deno.readTextFileSync(FILE));
  assert.deepEqual(found, JSON.parse(JSON.stringify(configJsonSchema())));
});
