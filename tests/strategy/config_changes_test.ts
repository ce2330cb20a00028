import assert from "node:assert/strict";
import { changesText, configChanges } from "../../engine/strategy/config_changes.ts";
import type { Config } from "../../engine/strategy/config.ts";

const TEXT = JSON.stringify(JSON.parse(Deno.readTextFileSync("strategies/sma_cross_1m.json")));

/** What is told of the config with texts in it replaced, one after the other. */
function told(...edits: readonly (readonly [string, string])[]): string {
  let text = TEXT;
  for (const [from, to] of edits) {
    assert.ok(text.includes(from), from);
    text = text.replace(from, to);
  }
  return changesText(configChanges(JSON.parse(TEXT) as Config, JSON.parse(text) as Config));
}

Deno.test("what differs between two configs is told by its path, what it was and what it is", () => {
  assert.equal(told(['"fast":15', '"fast":20']), "strategy.params.fast 15 → 20");
  assert.equal(
    told(['"default":10', '"default":20']),
    "strategy.parameters.fast.default 10 → 20",
  );
  assert.equal(told(['"op":"sma"', '"op":"ema"']), 'strategy.graph.quick.op "sma" → "ema"');
  assert.equal(
    told(['{"ref":"close"}', '{"ref":"open"}']),
    'strategy.graph.quick.inputs[0].ref "close" → "open"',
  );
  assert.equal(
    told(['"risk":{}', '"risk":{"stopLoss":0.02}'], ['"fee":0.0005', '"fee":0.001']),
    "account.fee 0.0005 → 0.001, risk.stopLoss none → 0.02",
  );
  assert.equal(
    told(['"risk":{}', '"risk":{"stopLoss":{"param":"fast"}}']),
    'risk.stopLoss none → {"param":"fast"}',
  );
  assert.equal(told([',"exitLong":{"ref":"exitLong"}}', "}"]).endsWith(" → none"), true);
});

Deno.test("what does not decide what a config does is no change", () => {
  assert.equal(
    told(['"name":"sma_cross_1m"', '"name":"other"'], ['"trials":24', '"trials":1']),
    "",
  );
  assert.equal(told(['"balance":10000', '"balance":1e4'], ['"$schema"', '"$schema"']), "");
});

Deno.test("of many changes the first five are told and the others counted; long values are cut", () => {
  const balances = ["balance", "fee", "slippage", "size", "lot"].map((name) => {
    const [found] = new RegExp(`"${name}":[^,}]+`).exec(TEXT)!;
    return [found, `"${name}":7`] as const;
  });
  const text = told(...balances, ['"shorts":false', '"shorts":true']);
  assert.match(text, /^account\.balance 10000 → 7, account\.fee 0\.0005 → 7, .*, and 1 more$/);
  assert.equal(text.split(" → ").length, 6);
  const long = "x".repeat(100);
  assert.equal(
    told(['"op":"sma"', `"op":"${long}"`]),
    `strategy.graph.quick.op "sma" → "${"x".repeat(58)}…`,
  );
});
