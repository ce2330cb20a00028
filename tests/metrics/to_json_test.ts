import assert from "node:assert/strict";
import fc from "fast-check";
import { toJson } from "../../engine/metrics/to_json.ts";
import { assertProperty } from "../support/property.ts";

Deno.test("numbers that JSON lacks are spelled, at any depth", () => {
  const value = { a: NaN, b: [Infinity, -Infinity, { c: NaN }], d: 1.5, e: null, f: "NaN" };
  assert.equal(
    toJson(value),
    '{"a":"NaN","b":["Infinity","-Infinity",{"c":"NaN"}],"d":1.5,"e":null,"f":"NaN"}',
  );
  assert.equal(toJson(NaN), '"NaN"');
  assert.equal(toJson({ a: 1 }, 2), '{\n  "a": 1\n}');
});

Deno.test("every number comes back as it was, but for the sign of zero", () => {
  assertProperty(fc.property(fc.double(), (value) => {
    assert.equal(Number(JSON.parse(toJson(value))), value + 0);
  }));
});
