import assert from "node:assert/strict";
import { didYouMean } from "../../engine/market/did_you_mean.ts";

Deno.test("a name is taken for the nearest one, whether its letters are large or not", () => {
  const cases: [found: string, known: string[], meant: string][] = [
    ["clsoe", ["open", "close"], "close"],
    ["trails", ["name", "trials"], "trials"],
    ["enterlong", ["enterLong"], "enterLong"],
    ["frm", ["from", "to"], "from"],
    ["opn", ["open", "close"], "open"],
    ["adx", ["ADL", "ADX"], "ADX"],
  ];
  for (const [found, known, meant] of cases) {
    assert.equal(didYouMean(found, known), `: did you mean "${meant}"?`, found);
  }
});

Deno.test("a name that is another word is taken for none", () => {
  assert.equal(didYouMean("foo", ["ROC", "OBV"]), "");
  assert.equal(didYouMean("colour", ["size", "theme"]), "");
  assert.equal(didYouMean("fast", []), "");
});
