import assert from "node:assert/strict";
import type { Candles } from "../../engine/market/candles.ts";
import { Plan } from "../../engine/series/plan.ts";
import type { ParameterValues } from "../../engine/series/scalars.ts";
import type { Strategy } from "../../engine/strategy/strategy.ts";
import {
  readStrategy,
  strategyHash,
  type StrategyJson,
  writeRisk,
  writeStrategy,
} from "../../engine/strategy/strategy_json.ts";
import { expressionsOf } from "./random_strategy.ts";
import { assertSameBits } from "./same_bits.ts";

/**
 * Law 2: a strategy written as JSON text and read back gives the same bits, has the same hash, and
 * remembers the same bytes; the order of the keys in the text does not matter to any of it. Throws an
 * `AssertionError` otherwise.
 */
export function assertTextLaw(
  strategy: Strategy,
  parameters: ParameterValues,
  candles: Candles,
  write: (strategy: Strategy) => StrategyJson = writeStrategy,
): void {
  const text = JSON.stringify({ json: write(strategy), risk: writeRisk(strategy) });
  const hash = strategyHash(strategy), expected = run(strategy, parameters, candles);
  for (const [way, value] of [["as written", text], ["keys reversed", reversed(text)]]) {
    const { json, risk } = JSON.parse(value);
    const read = readStrategy(json, risk, { values: parameters }),
      found = run(read, parameters, candles);
    assert.equal(strategyHash(read), hash, `hash, ${way}`);
    assert.deepEqual(writeRisk(read), writeRisk(strategy), `stops, ${way}`);
    assert.deepEqual(Object.keys(found.columns).sort(), Object.keys(expected.columns).sort());
    for (const [name, column] of Object.entries(expected.columns)) {
      assertSameBits(found.columns[name], column, `${name}, ${way}`);
    }
    assertSameBits(found.memory, expected.memory, `what is remembered, ${way}`);
  }
}

function run(strategy: Strategy, parameters: ParameterValues, candles: Candles) {
  const expressions = expressionsOf(strategy), { timeframe, decimals, length: chunk } = candles;
  const plan = new Plan(expressions, { timeframe, decimals, parameters, chunk });
  plan.advance(candles, 0, chunk);
  const names = Object.keys(expressions), memory = new Float64Array(plan.size);
  plan.save(memory);
  return { columns: Object.fromEntries(names.map((name) => [name, plan.read(name)])), memory };
}

/** The same JSON with the keys of every object in the opposite order. */
function reversed(text: string): string {
  return JSON.stringify(JSON.parse(text, (_, value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).reverse());
  }));
}
