/**
 * Every mistake in a graph says where it is, what was found and what may be there: from a config, as `deno task validate`
 * tells it, and from `strategy()` in TypeScript, which notebooks do not check.
 */
import assert from "node:assert/strict";
import { Condition, type Numeric } from "../../engine/series/expression.ts";
import * as op from "../../engine/series/operators/mod.ts";
import { loadConfig } from "../../engine/strategy/load.ts";
import { number, whole } from "../../engine/strategy/parameters.ts";
import { type Built, strategy } from "../../engine/strategy/strategy.ts";
import { runCommand } from "../cli/command.ts";
import { inTempFolder } from "../support/temp_folder.ts";
import { VALID_CONFIG } from "./valid_config.ts";

type Candle = Record<"open" | "close", Numeric>;
type Made = { fast: Numeric } & Record<string, Numeric>;

interface Mistake {
  what: string;
  /** Nodes of the config's graph that are otherwise. */
  nodes: Record<string, object>;
  told: string;
  /** The same in TypeScript, and what is told of it; undefined where TypeScript has no way to say it. */
  build?: (made: Made, candle: Candle) => unknown;
  toldInTypeScript?: string;
}

const CLOSE = { ref: "close" }, WINDOW = "but must be a whole number from 1 to 65536";
const sma = (args: object, inputs: unknown[] = [CLOSE]) => ({
  op: "sma",
  version: 1,
  inputs,
  args,
});
/** What the type checker would refuse. */
const wrong = <T>(value: unknown) => value as T;

const MISTAKES: Mistake[] = [
  {
    what: "unknown operator",
    nodes: { quick: { ...sma({ window: 5 }), op: "smaa" } },
    told: 'strategy.graph.quick.op: unknown operator "smaa": did you mean "sma"?',
    build: (_, { open, close }) => new Condition({ op: "greatr", inputs: [open, close] }),
    toldInTypeScript: 'mine: enterLong: unknown operator "greatr": did you mean "greater"?',
  },
  {
    what: "too many inputs",
    nodes: { quick: sma({ window: 5 }, [CLOSE, { ref: "open" }]) },
    told: "strategy.graph.quick.inputs: sma takes 1, not 2",
    build: (_, { open, close }) => new Condition({ op: "greater", inputs: [open, close, open] }),
    toldInTypeScript: "mine: enterLong: greater takes 2 inputs, not 3",
  },
  {
    what: "an argument that is missing",
    nodes: { quick: sma({}) },
    told: "strategy.graph.quick.args: sma: window is missing",
    build: (_, { close }) => close.above(wrong<typeof op.lag>(op.sma)(close)),
    toldInTypeScript: "sma: window is missing",
  },
  {
    what: "an argument that does not exist",
    nodes: { quick: sma({ windw: 5 }) },
    told:
      'strategy.graph.quick.args.windw: sma has no argument "windw": did you mean "window"? It has window',
    build: (_, { close }) => op.macd(close, wrong({ slw: 5 })).line.above(0),
    toldInTypeScript: 'macd has no argument "slw": did you mean "slow"? It has fast, slow, signal',
  },
  {
    what: "a boolean where a number belongs",
    nodes: { quick: sma({ window: 5 }, [{ ref: "weak" }]) },
    told: "strategy.graph.quick.inputs[0]: a boolean is found, but a number is needed here",
    build: (_, { open, close }) => close.above(op.sma(wrong(open.above(close)), 5)),
    toldInTypeScript:
      "mine: enterLong.inputs[1].inputs[0]: a boolean is found, but a number is needed here",
  },
  {
    what: "a number where a boolean belongs",
    nodes: { both: { op: "and", version: 1, inputs: [{ ref: "weak" }, { ref: "quick" }] } },
    told: "strategy.graph.both.inputs[1]: a number is found, but a boolean is needed here",
    build: (_, { open, close }) => op.hold(wrong(close), close.above(open)),
    toldInTypeScript: "mine: enterLong.inputs[0]: a number is found, but a boolean is needed here",
  },
  {
    what: "a parameter out of range",
    nodes: { quick: sma({ window: 0 }) },
    told: `strategy.graph.quick.args: sma: window is 0, ${WINDOW}`,
    build: (_, { close }) => close.above(op.sma(close, 65_537)),
    toldInTypeScript: `sma: window is 65537, ${WINDOW}`,
  },
  {
    what: "a window that is not whole",
    nodes: { quick: sma({ window: 2.5 }) },
    told: `strategy.graph.quick.args: sma: window is 2.5, ${WINDOW}`,
    build: (_, { close }) => close.above(op.sma(close, 2.5)),
    toldInTypeScript: `sma: window is 2.5, ${WINDOW}`,
  },
  {
    what: "series that depend on each other",
    nodes: {
      quick: sma({ window: 5 }, [{ ref: "price" }]),
      price: { op: "lag", version: 1, inputs: [{ ref: "quick" }], args: { rows: 1 } },
    },
    told: "strategy.graph.quick.inputs[0].ref: series depend on each other in a circle: " +
      "price → quick → price",
    // TypeScript has no way to name a series before it is there.
  },
  {
    what: "a series that does not exist",
    nodes: { quick: sma({ window: 5 }, [{ ref: "pric" }]) },
    told: 'strategy.graph.quick.inputs[0].ref: no series is called "pric": did you mean "price"?',
    build: (_, candle) => wrong<Record<string, Numeric>>(candle).clos.above(1),
    toldInTypeScript: 'No candle column is called "clos": did you mean "close"? ' +
      "There are: open, high, low, close, volume",
  },
  {
    what: "a parameter that does not exist",
    nodes: { quick: sma({ window: { param: "fats" } }) },
    told: 'strategy.graph.quick.args.window.param: unknown parameter "fats": did you mean "fast"?',
    build: ({ fats }, { close }) => close.above(op.sma(close, fats)),
    toldInTypeScript: 'No parameter of mine is called "fats": did you mean "fast"? ' +
      "There are: fast, level",
  },
  {
    what: "an output that does not exist",
    nodes: {
      band: { ...VALID_CONFIG.strategy.graph.band, output: "uper" },
    },
    told: 'strategy.graph.band.output: bollinger has upper, middle, lower, not "uper"',
    build: (_, { close }) => wrong<Record<string, Numeric>>(op.macd(close)).signl.above(1),
    toldInTypeScript: 'macd gives no series "signl": did you mean "signal"? ' +
      "There are line, signal, histogram",
  },
];

function configOf({ nodes }: Mistake): string {
  const { strategy } = VALID_CONFIG, graph = { ...strategy.graph, ...nodes };
  return JSON.stringify({ ...VALID_CONFIG, strategy: { ...strategy, graph } });
}

function told(make: () => unknown): string {
  try {
    make();
  } catch (error) {
    assert.equal((error as Error).name, "InputError", `${error}`);
    return (error as Error).message;
  }
  return "nothing";
}

for (const mistake of MISTAKES) {
  const { what, build, toldInTypeScript } = mistake;
  Deno.test(`A config with ${what} says where, what and what is allowed`, () => {
    assert.equal(
      told(() => loadConfig(configOf(mistake), "bot.json")),
      `bot.json: ${mistake.told}`,
    );
  });
  if (!build) continue;
  Deno.test(`A strategy in TypeScript with ${what} says so`, () => {
    const make = () =>
      strategy("mine", { fast: whole(5), level: number(1, { min: 0, max: 9 }) }, {
        build(made, candle) {
          const enterLong = build(wrong(made), candle) as Condition;
          return { enterLong, series: { ...made } } as Built;
        },
      });
    assert.equal(told(make), toldInTypeScript);
  });
}

Deno.test("`validate` tells of each of these configs, and refuses all", () =>
  inTempFolder(async (folder) => {
    const paths = MISTAKES.map((mistake, i) => {
      const path = `${folder}/${i}.json`;
      Deno.writeTextFileSync(path, configOf(mistake));
      return path;
    });
    const { code, err } = await runCommand(["validate", ...paths]);
    assert.equal(code, 1);
    for (const [i, path] of paths.entries()) {
      assert.ok(err.includes(`${path}: ${MISTAKES[i].told}\n`), `${path}: ${err}`);
    }
    assert.ok(err.includes(`${paths.length} of ${paths.length} configs refused`));
  }));
