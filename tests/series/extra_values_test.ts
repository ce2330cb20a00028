/** Nothing that a function of a strategy is given is passed over in silence. */
import assert from "node:assert/strict";
import { close, high, low, open } from "../../engine/series/expression.ts";
import * as operators from "../../engine/series/operators/mod.ts";

/** What kernels share, and what has settings of its own kind. */
const NO_CALLS = new Set(["emaWeight", "wilderWeight", "fillBands", "fillExtremes", "indicator"]);

/** Every function that strategies call: what is exported beside the operators. */
const CALLS = Object.entries(operators).filter((entry): entry is [string, Call] => {
  const [name, value] = entry;
  return typeof value === "function" && !NO_CALLS.has(name);
});

type Call = (...given: unknown[]) => unknown;

function says(make: () => unknown): string {
  try {
    make();
  } catch (error) {
    assert(error instanceof Error && error.name === "InputError", String(error));
    return error.message;
  }
  return "";
}

/** How many values a function has names for: its source says so, once its types are gone. */
function written(call: Call): number {
  const head = /^function \w*\(([^]*?)\)\s*\{\n/.exec(String(call))![1];
  return head.split(/,(?![^{[(]*[}\])])/).filter((part) => part.trim() !== "").length;
}

Deno.test("every function of a strategy refuses what it would do nothing with", () => {
  assert(CALLS.length > 110, `${CALLS.length}`);
  for (const [, call] of CALLS) {
    const { name } = call; // that of sma, for mean
    const many = Array(9).fill(5), message = says(() => call(...many));
    if (message.startsWith(`${name} takes its settings by name`)) continue;
    const most = written(call), takes = most === 0 ? "no" : most;
    assert.match(message, new RegExp(`^${name} takes ${takes} values?, not 9: `), name);
    assert.doesNotMatch(says(() => call(...many.slice(0, most))), / values?, not /, name);
  }
});

Deno.test("settings that are given by name are not taken by their order", () => {
  const named = CALLS.map(([name, call]) => [name, says(() => call(...Array(9).fill(5)))] as const)
    .filter(([, message]) => message.includes("by name, as in { "));
  const names = named.map(([name]) => name);
  for (const name of ["stochastic", "ultimate", "ichimoku", "awesome"]) {
    assert(names.includes(name), `${names}`);
  }
  const { stochastic, kama, macd } = operators as unknown as Record<string, Call>;
  assert.equal(
    says(() => stochastic(5, 3, 3)),
    "stochastic takes its settings by name, as in { window: 14, smoothing: 3, signal: 3 }, not 5",
  );
  assert.match(says(() => kama(close, close)), /^kama takes its settings by name, .* not a series/);
  assert.equal(
    says(() => macd(close, { fast: 5 }, 9)),
    "macd takes 2 values, not 3: nothing would be done with 9",
  );
});

Deno.test("nor are further series or conditions passed over", () => {
  const { max, sma } = operators as unknown as Record<string, Call>;
  assert.equal(
    says(() => max(open, close, high)),
    "max takes 2 values, not 3: nothing would be done with a series (candle)",
  );
  assert.equal(
    says(() => sma(close, 3, 4)),
    "sma takes 2 values, not 3: nothing would be done with 4",
  );
  const rises = close.above(open) as unknown as { and: Call; not: Call };
  assert.match(says(() => rises.and(high.above(low), low.above(3))), /^\.and takes 1 value, not 2/);
  assert.match(says(() => rises.not(close)), /^\.not takes no values, not 1/);
});
