import assert from "node:assert/strict";
import { CATALOGUE } from "../../engine/series/catalogue.ts";
import { loadConfig } from "../../engine/strategy/load.ts";
import { VALID_CONFIG } from "./valid_config.ts";

/** A config with nodes of one operator on prices, each with its own window. */
function configOf(count: number, node: (i: number) => object): string {
  const made = Array.from({ length: count }, (_, i) => [`n${i}`, { version: 1, ...node(i) }]);
  const up = { op: "crossesAbove", version: 1, inputs: [{ ref: "close" }, { ref: "n0" }] };
  const strategy = {
    ...{ name: "large", parameters: {}, series: {}, params: {} },
    graph: { ...Object.fromEntries(made), up },
    signals: { enterLong: { ref: "up" } },
  };
  return JSON.stringify({ ...VALID_CONFIG, strategy, risk: {} });
}

const bell = (window: number) => (i: number) => ({
  op: "alma",
  inputs: [{ ref: "close" }],
  args: { window: window - i, offset: 0.85, sigma: 6 },
});

function refused(text: string, message: RegExp): void {
  assert.throws(() => loadConfig(text, "bot.json"), { name: "InputError", message });
}

Deno.test("A graph whose windows are ruinous together is refused with the node, found and allowed", () => {
  assert.equal(loadConfig(configOf(4, bell(65_536)), "bot.json").strategy.name, "large");
  refused(
    configOf(60, bell(65_536)),
    /^bot\.json: strategy\.graph\.n4: with this the graph looks back at 327670 rows, each step by itself, but must not have more than 262144$/,
  );
  refused(
    configOf(4, bell(65_540)),
    /^bot\.json: strategy\.graph\.n0\.args: alma: window is 65540, but must be a whole number from 1 to 65536$/,
  );
});

Deno.test("Nodes that are many when they are written out are refused", () => {
  const node = (i: number) => ({
    op: "ultimate",
    inputs: [{ ref: "high" }, { ref: "low" }, { ref: "close" }],
    args: { fast: 2 + i, middle: 3 + i, slow: 4 + i },
  });
  const { args } = CATALOGUE.find(({ name }) => name === "ultimate") as never;
  assert.deepEqual(Object.keys(args), Object.keys(node(0).args));
  assert.equal(loadConfig(configOf(20, node), "bot.json").strategy.name, "large");
  refused(
    configOf(1_900, node),
    /^bot\.json: strategy\.graph\.n\d+: with this the graph (takes|looks back at|remembers|holds) \d+ /,
  );
});
