import assert from "node:assert/strict";
import { InputError } from "../../engine/market/errors.ts";
import { configHash, loadConfig } from "../../engine/strategy/load.ts";
import { VALID_CONFIG } from "./valid_config.ts";

const TEXT = JSON.stringify(VALID_CONFIG);

function refused(text: string, message: string | RegExp): void {
  assert.throws(() => loadConfig(text, "bot.json"), (error: unknown) => {
    assert(error instanceof InputError, `${(error as Error).stack}`);
    if (typeof message === "string") assert.equal(error.message, `bot.json: ${message}`);
    else assert.match(error.message, message);
    return true;
  });
}

Deno.test("What is not JSON is refused with the place", () => {
  refused("", /^bot\.json: not JSON: /);
  refused(TEXT.slice(0, -1), /^bot\.json: not JSON: .*position/);
  for (const number of ["NaN", "Infinity", "0x10", "1_000", ".5"]) {
    refused(TEXT.replace('"fee":0.001', `"fee":${number}`), /^bot\.json: not JSON: /);
  }
  refused("[]", "the file: found [], but must be an object");
  refused("null", "the file: found null, but must be an object");
});

Deno.test("A number too great for a double is refused: it would be infinite", () => {
  refused(
    TEXT.replace('"fee":0.001', '"fee":1e999'),
    /^bot\.json: account\.fee: .*must be a number$/,
  );
});

Deno.test("A key that is there twice is refused: JSON.parse would forget the first", () => {
  refused(
    TEXT.replace('"stopLoss":0.02', '"stopLoss":0.02,"stopLoss":0.2'),
    "risk.stopLoss: is there twice",
  );
  refused(
    TEXT.replace('"exitLong":', '"enterLong":{"ref":"both"},"exitLong":'),
    "strategy.signals.enterLong: is there twice",
  );
  refused(
    TEXT.replace('{"ref":"close"},', '{"ref":"close","r\\u0065f":"open"},'),
    "strategy.graph.price.inputs[0].ref: is there twice",
  );
});

Deno.test("Texts that look like structure do not confuse the search for keys", () => {
  const symbol = JSON.stringify('a","b":{"c":[1,2],\\"x}');
  const config = loadConfig(TEXT.replace('"BTC/USDT"', symbol), "bot.json").config;
  assert.equal(config.market.symbol, JSON.parse(symbol));
});

Deno.test("Names that every JavaScript object has are names like others, __proto__ is none", () => {
  for (const name of ["constructor", "toString", "hasOwnProperty", "valueOf"]) {
    const renamed = TEXT.replaceAll('"quick"', `"${name}"`).replaceAll('"fast"', `"${name}"`);
    const { strategy } = loadConfig(renamed, "bot.json");
    assert(Object.hasOwn(strategy.parameters, name));
  }
  for (const place of ["quick", "fast", "strength"]) {
    refused(
      TEXT.replaceAll(`"${place}"`, '"__proto__"'),
      /^bot\.json: strategy\.(graph|parameters)\.__proto__: no such name is allowed$/,
    );
  }
  refused(
    TEXT.replace('"account":{', '"account":{"__proto__":{"fee":0},'),
    "account.__proto__: no such name is allowed",
  );
});

Deno.test("Every mistake of shape is listed at once, a line each", () => {
  const config = structuredClone(VALID_CONFIG) as unknown as Record<string, object>;
  Object.assign(config.account, { fee: "x", balance: -1 });
  Object.assign(config.market, { timeframe: "5min" });
  assert.throws(() => loadConfig(JSON.stringify(config), "bot.json"), ({ message }: Error) => {
    const places = message.split("\n").map((line) => line.split(": ")[1]);
    assert.deepEqual(places, ["market.timeframe", "account.balance", "account.fee"]);
    return true;
  });
});

Deno.test("Large graphs are loaded, enormous ones refused", () => {
  const chain = (count: number, length: number) => {
    const graph = Object.fromEntries(
      Array.from({ length: count - 1 }, (_, n) => [`n${n}`, {
        op: "change",
        version: 1,
        inputs: [{ ref: (n + 1) % length !== 0 && n < count - 2 ? `n${n + 1}` : "close" }],
        args: { rows: 1 },
      }]),
    );
    const weak = { op: "less", version: 1, inputs: [{ ref: "n0" }, 0] };
    const strategy = {
      name: "chain",
      parameters: {},
      graph: { ...graph, weak },
      signals: { enterLong: { ref: "weak" } },
      series: {},
      params: {},
    };
    return JSON.stringify({ ...VALID_CONFIG, strategy, risk: {} });
  };
  assert.equal(loadConfig(chain(2_000, 200), "bot.json").strategy.name, "chain");
  refused(chain(1_000, 1_000), /more than 250 series that build on each other$/);
  refused(
    chain(2_001, 10),
    /^bot\.json: strategy\.graph: found .*, but must have at most 2000 nodes$/,
  );
  refused(`${TEXT.slice(0, -1)}${" ".repeat(4_000_000)}}`, /characters, but a config has at most/);
});

Deno.test("Deep nesting is refused, however deep, without a stack overflow", () => {
  const nested = (depth: number) =>
    TEXT.replace(
      '"stopLoss":0.02',
      `"stopLoss":${'{"op":"add","inputs":[0,'.repeat(depth)}0.02${"]}".repeat(depth)}`,
    );
  assert(loadConfig(nested(10), "bot.json").strategy.stops.stopLoss);
  refused(nested(100), /^bot\.json: risk\.stopLoss\.inputs\[1\].*: more than 64 levels deep$/);
  refused(nested(100_000), /more than 64 levels deep$/);
});

Deno.test("A config whose content was changed since its promotion is marked as edited", () => {
  const { config } = loadConfig(TEXT, "bot.json");
  const receipt = {
    data: { fingerprint: "", from: "", start: "", to: "", candles: 1, gaps: 0 },
    metrics: { sharpe: "NaN", trades: 3 },
    trials: 1,
    engine: "0",
    deno: "2",
    contentHash: configHash(config),
  };
  const promoted = { ...VALID_CONFIG, receipt };
  assert.equal(loadConfig(JSON.stringify(promoted), "bot.json").edited, false);
  const renamed = { ...promoted, name: "another" };
  assert.equal(loadConfig(JSON.stringify(renamed), "bot.json").edited, false);
  const changed = { ...promoted, risk: { ...promoted.risk, stopLoss: 0.03 } };
  assert.equal(loadConfig(JSON.stringify(changed), "bot.json").edited, true);
});
