import assert from "node:assert/strict";
import { SETTINGS } from "../../engine/account/settings.ts";
import { SIGNALS } from "../../engine/account/signals.ts";
import { STOPS } from "../../engine/account/stop_rules.ts";
import { InputError } from "../../engine/market/errors.ts";
import { CATALOGUE } from "../../engine/series/catalogue.ts";
import { loadConfig } from "../../engine/strategy/load.ts";
import { VALID_CONFIG } from "./valid_config.ts";

/** The config's text with one entry set to another value, or taken out where none is given. */
function broken(path: string, value?: unknown): string {
  const config = structuredClone(VALID_CONFIG), steps = path.split(".");
  const last = steps.pop()!;
  let place = config as unknown as Record<string, unknown>;
  for (const step of steps) place = place[step] as Record<string, unknown>;
  if (value === undefined) delete place[last];
  else place[last] = value;
  return JSON.stringify(config);
}

function errorOf(text: string): string {
  try {
    loadConfig(text, "bot.json");
  } catch (error) {
    assert(error instanceof InputError, `${(error as Error).stack}`);
    return error.message;
  }
  throw new assert.AssertionError({ message: "no error" });
}

const OPERATORS = CATALOGUE.map(({ name }) => name).join(", ");
const GRAPH = "strategy.graph", QUICK = VALID_CONFIG.strategy.graph.quick;

/** What is set to which value, and all of the message. */
const BROKEN: [path: string, value: unknown, message: string][] = [
  // Unknown keys, at each level.
  [
    "markets",
    {},
    'markets: unknown key: did you mean "market"? Allowed are ' +
    "$schema, name, market, strategy, account, risk, receipt",
  ],
  [
    "market.pair",
    "X",
    "market.pair: unknown key. Allowed are exchange, symbol, timeframe, base",
  ],
  [
    "account.fees",
    0.001,
    'account.fees: unknown key: did you mean "fee"? Allowed are ' +
    Object.keys(SETTINGS).join(", "),
  ],
  [
    "risk.stoploss",
    0.1,
    'risk.stoploss: unknown key: did you mean "stopLoss"? Allowed are ' +
    Object.keys(STOPS).join(", "),
  ],
  [
    "strategy.signals.enterlong",
    { ref: "weak" },
    'strategy.signals.enterlong: unknown key: did you mean "enterLong"? Allowed are ' +
    Object.keys(SIGNALS).join(", "),
  ],
  [
    "strategy.graph.quick.window",
    5,
    "strategy.graph.quick.window: unknown key. Allowed are " +
    "op, version, inputs, args, output",
  ],
  [
    "strategy.parameters.fast.step",
    5,
    "strategy.parameters.fast.step: unknown key. Allowed are " +
    "type, default, min, max",
  ],
  // Types and ranges.
  ["account.fee", "0.1 %", 'account.fee: found "0.1 %", but must be a number'],
  ["account.fee", undefined, "account.fee: missing, but must be a number"],
  ["account.fee", 1, "account.fee: found 1, but must be below 1"],
  ["account.fee", -0.001, "account.fee: found -0.001, but must be at least 0"],
  ["account.balance", 0, "account.balance: found 0, but must be above 0"],
  ["account.cooldown", 1.5, "account.cooldown: found 1.5, but must be a whole number"],
  ["account.maxDrawdown", 1, "account.maxDrawdown: found 1, but must be below 1"],
  ["account.shorts", "no", 'account.shorts: found "no", but must be true or false'],
  ["account.lot", null, "account.lot: found null, but must be a number"],
  ["account", undefined, "account: missing, but must be an object"],
  ["risk", [], "risk: found [], but must be an object"],
  [GRAPH, [], "strategy.graph: found [], but must be an object"],
  [
    "account.fill",
    "nextopen",
    'account.fill: found "nextopen", but must be one of next-open, close: did you mean "next-open"?',
  ],
  [
    "market.timeframe",
    "7m",
    'market.timeframe: found "7m", but must be one of 1s, 1m, 3m, 5m, 15m, 30m, 1h, 2h, 4h, 6h, ' +
    '8h, 12h, 1d, 3d, 1w, 1M: did you mean "1m"?',
  ],
  [
    "market.base",
    "5m",
    'market.base: found "5m", but must be shorter than market.timeframe 5m and divide it: 1s, 1m',
  ],
  [
    "market.base",
    "3m",
    'market.base: found "3m", but must be shorter than market.timeframe 5m and divide it: 1s, 1m',
  ],
  [
    "market.base",
    "2m",
    'market.base: found "2m", but must be one of 1s, 1m, 3m, 5m, 15m, 30m, 1h, 2h, 4h, 6h, 8h, ' +
    '12h, 1d, 3d, 1w, 1M: did you mean "1m"?',
  ],
  ["market.symbol", "", 'market.symbol: found "", but must not be empty'],
  [
    "name",
    "../../etc/passwd",
    'name: found "../../etc/passwd", but names are 1 to 63 letters, digits, _ and -, beginning ' +
    "with a letter",
  ],
  [
    "strategy.graph.9lives",
    QUICK,
    'strategy.graph.9lives: found "9lives", but names are 1 to 63 letters, digits, _ and -, ' +
    "beginning with a letter",
  ],
  // Parameters.
  [
    "strategy.parameters.fast.type",
    "int",
    'strategy.parameters.fast.type: found "int", but must be one of whole, number, choice',
  ],
  [
    "strategy.parameters.fast.default",
    2.5,
    "strategy.parameters.fast.default: found 2.5, but must be a whole number",
  ],
  [
    "strategy.parameters.fast.default",
    0,
    "strategy.parameters.fast.default is 0, but must be a whole number from 1 to 500",
  ],
  [
    "strategy.parameters.fast.min",
    501,
    "strategy.parameters.fast: from 501 to 500 is no range: give two numbers, min ≤ max",
  ],
  [
    "strategy.parameters.source.default",
    "first",
    'strategy.parameters.source.default is "first", but must be one of last, opening',
  ],
  [
    "strategy.params.fast",
    true,
    "strategy.params.fast: found true, but must be a number or a text",
  ],
  [
    "strategy.params.fast",
    501,
    "strategy.params.fast is 501, but must be a whole number from 1 to 500",
  ],
  ["strategy.params.fast", "9", 'strategy.params.fast is "9", but must be a number'],
  [
    "strategy.params.source",
    "l",
    'strategy.params.source is "l", but must be one of last, opening',
  ],
  [
    "strategy.params.fasst",
    5,
    'strategy.params.fasst: no such parameter: did you mean "fast"? There are fast, slow, level, ' +
    "source",
  ],
  [
    "strategy.params.constructor",
    5,
    "strategy.params.constructor: no such parameter. There are fast, slow, " +
    "level, source",
  ],
  [
    "strategy.params.fast",
    20,
    "strategy.params: pullback does not allow fast 20, slow 20, level 30, source last " +
    '(see its "where")',
  ],
  [
    "strategy.where",
    { op: "add", inputs: [1, 2] },
    "strategy.where: a number is found, but a boolean is needed here",
  ],
  [
    "strategy.where.inputs",
    [{ param: "fats" }, 1],
    'strategy.where.inputs[0].param: unknown parameter "fats": did you mean "fast"?',
  ],
  [
    "strategy.where",
    { op: "less", inputs: [{ param: "source" }, 1] },
    'strategy.where: less: "last" is a text, but a number is needed',
  ],
  // The graph.
  [
    "strategy.graph.quick.op",
    "smaa",
    'strategy.graph.quick.op: unknown operator "smaa": did you mean "sma"?',
  ],
  [
    "strategy.graph.quick.op",
    "constructor",
    `strategy.graph.quick.op: unknown operator "constructor": there are ${OPERATORS}`,
  ],
  [
    "strategy.graph.quick.version",
    2,
    "strategy.graph.quick.version: written for version 2 of sma, but this is version 1, with other " +
    "numbers: research it again and promote it anew",
  ],
  [
    "strategy.graph.quick.inputs",
    [5],
    "strategy.graph.quick: sma reads the number 5, which is the same at every row: " +
    "the series comes first, as in sma(close, 14)",
  ],
  [
    "strategy.graph.quick.inputs",
    [{ ref: "close" }, { ref: "open" }],
    "strategy.graph.quick.inputs: sma takes 1, not 2",
  ],
  [
    "strategy.graph.quick.inputs",
    [true],
    "strategy.graph.quick.inputs[0]: found true, but must be { ref }, a number, a text, { param } " +
    "or { op, inputs }",
  ],
  [
    "strategy.graph.quick.inputs",
    [{ reff: "close" }],
    'strategy.graph.quick.inputs[0]: found {"reff":"close"}, but must be { ref }, a number, a ' +
    "text, { param } or { op, inputs }",
  ],
  [
    "strategy.graph.quick.inputs",
    [{ op: "add", inputs: [1, { param: 5 }] }],
    "strategy.graph.quick.inputs[0].inputs[1].param: found 5, but must be a text",
  ],
  [
    "strategy.graph.quick.inputs",
    ["five"],
    'strategy.graph.quick.inputs[0]: "five" is no number',
  ],
  [
    "strategy.graph.quick.inputs",
    [{ ref: "weak" }],
    "strategy.graph.quick.inputs[0]: a boolean is found, but a number is needed here",
  ],
  [
    "strategy.graph.both.inputs",
    [{ ref: "weak" }, { ref: "quick" }],
    "strategy.graph.both.inputs[1]: a number is found, but a boolean is needed here",
  ],
  [
    "strategy.graph.both.inputs",
    [{ ref: "weak" }, { op: "and", inputs: [1, 2] }],
    "strategy.graph.both.inputs[1].inputs[0]: a number is found, but a boolean is needed here",
  ],
  [
    "strategy.graph.quick.inputs",
    [{ ref: "clos" }],
    'strategy.graph.quick.inputs[0].ref: no series is called "clos": did you mean "close"?',
  ],
  [
    "strategy.graph.quick.inputs",
    [{ ref: "toString" }],
    'strategy.graph.quick.inputs[0].ref: no series is called "toString"',
  ],
  [
    "strategy.graph.price.inputs",
    [{ ref: "close" }, { ref: "hourly" }],
    "strategy.graph.quick.inputs[0].ref: series depend on each other in a circle: " +
    "price → hourly → quick → price",
  ],
  [
    "strategy.graph.quick.inputs",
    [{ op: "lag", inputs: [5] }],
    "strategy.graph.quick.inputs[0].op: lag needs a series, but this is a scalar",
  ],
  [
    "strategy.graph.quick.args",
    {},
    "strategy.graph.quick.args: sma: window is missing",
  ],
  [
    "strategy.graph.quick.args.window",
    0,
    "strategy.graph.quick.args: sma: window is 0, but must be a whole number from 1 to 65536",
  ],
  [
    "strategy.graph.quick.args.window",
    { op: "divide", inputs: [{ param: "fast" }, 2] },
    "strategy.graph.quick.args: sma: window is 3.5, but must be a whole number from 1 to 65536",
  ],
  [
    "strategy.graph.quick.args.window",
    "Infinity",
    "strategy.graph.quick.args: sma: window is Infinity, but must be a whole number from 1 to 65536",
  ],
  [
    "strategy.graph.quick.args.window",
    { op: "less", inputs: [1, 2] },
    "strategy.graph.quick.args.window: a boolean is found, but a number is needed here",
  ],
  [
    "strategy.graph.quick.args.window",
    { param: "source" },
    'strategy.graph.quick.args: sma: window is the text "last", but must be a number',
  ],
  [
    "strategy.graph.quick.args.widow",
    5,
    'strategy.graph.quick.args.widow: sma has no argument "widow": ' +
    'did you mean "window"? It has window',
  ],
  [
    "strategy.graph.band.output",
    "top",
    'strategy.graph.band.output: bollinger has upper, middle, lower, not "top"',
  ],
  [
    "strategy.graph.quick.output",
    "upper",
    'strategy.graph.quick.output: sma has one output, without a name, not "upper"',
  ],
  [
    "strategy.graph.hourly.args.timeframe",
    "1hour",
    'strategy.graph.hourly.args: Unknown timeframe "1hour": did you mean "1h"? Known are 1s 1m 3m ' +
    "5m 15m 30m 1h 2h 4h 6h 8h 12h 1d 3d 1w 1M",
  ],
  [
    "strategy.graph.hourly.args.timeframe",
    "1m",
    "strategy.graph.hourly: Cannot make 1m candles of 5m ones: on() needs a longer timeframe, every " +
    "boundary of which is one of 5m",
  ],
  [
    "strategy.graph.price.args.options",
    "close opening",
    'strategy.graph.price: choose: "last" is not among the options close, opening',
  ],
  [
    "strategy.graph.price.args.options",
    "last",
    'strategy.graph.price: choose: 2 series, but 1 names: "last"',
  ],
  // Signals, series and stops.
  [
    "strategy.signals",
    {},
    "strategy.signals: never trades: give it enterLong, enterShort or both, or exposure",
  ],
  [
    "strategy.signals.enterLong",
    undefined,
    "strategy.signals: never trades: give it enterLong, enterShort or both, or exposure",
  ],
  [
    "strategy.signals.exitLong",
    { ref: "strength" },
    "strategy.signals.exitLong: a number is found, but a boolean is needed here",
  ],
  [
    "strategy.signals.confidence",
    { ref: "weak" },
    "strategy.signals.confidence: a boolean is found, but a number is needed here",
  ],
  [
    "strategy.signals.enterShort",
    { ref: "both" },
    "account.shorts: false, but strategy.signals has enterShort: a spot account cannot sell short",
  ],
  [
    "strategy.series.five",
    5,
    "strategy.series.five: a number is no series: give a ref or a param",
  ],
  [
    "account.size",
    1.5,
    "account.size is 1.5, but must be above 0 and at most 1 where account.sizing is fraction",
  ],
  [
    "account.sizing",
    "volatility",
    "account.sizing is volatility, but the strategy gives no volatility",
  ],
  [
    "risk.stopLoss",
    0,
    "risk.stopLoss is 0, but must be a fraction of the entry price, above 0 and below 1",
  ],
  [
    "risk.stopLoss",
    1.5,
    "risk.stopLoss is 1.5, but must be a fraction of the entry price, above 0 and below 1",
  ],
  [
    "risk.takeProfit",
    -1,
    "risk.takeProfit is -1, but must be a fraction of the entry price, above 0",
  ],
  [
    "risk.timeStop",
    { ref: "strength" },
    'risk.timeStop: found {"ref":"strength"}, but must be a number, a text, { param } or ' +
    "{ op, inputs }",
  ],
  [
    "risk.timeStop",
    2.5,
    "risk.timeStop is 2.5, but must be a whole number of candles, 1 or more",
  ],
  [
    "risk.trailingStop",
    { ref: "missing" },
    'risk.trailingStop.ref: no series is called "missing"',
  ],
  [
    "risk.stopLoss",
    { op: "less", inputs: [1, 2] },
    "risk.stopLoss: a boolean is found, but a number is needed here",
  ],
];

Deno.test("The valid config is accepted, and knows its parameters' values", () => {
  const { strategy, parameters, edited } = loadConfig(JSON.stringify(VALID_CONFIG), "bot.json");
  assert.equal(strategy.name, "pullback");
  assert.deepEqual(parameters, { fast: 7, slow: 20, level: 30, source: "last" });
  assert.equal(edited, false);
});

for (const [path, value, message] of BROKEN) {
  Deno.test(`Refused: ${path} = ${JSON.stringify(value) ?? "nothing"}`, () => {
    assert.equal(errorOf(broken(path, value)), `bot.json: ${message}`);
  });
}
