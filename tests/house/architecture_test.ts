import assert from "node:assert/strict";
import { findCycle } from "./cycle.ts";
import { readModule } from "./module.ts";
import { filesIn, textOf } from "./project_files.ts";
import { MAY_IMPORT } from "./table.ts";
import { violations } from "./violations.ts";

const modules = [...filesIn("engine"), ...filesIn("strategies")]
  .filter((path) => path.endsWith(".ts"))
  .map((path) => readModule(path, textOf(path)));

Deno.test("every module of engine/ and strategies/ keeps to the table of the design", () => {
  assert.ok(modules.length > 100, `only ${modules.length} modules were found`);
  assert.deepEqual(violations(modules), []);
});

Deno.test("the table itself has no cycle, but for who may import everything", () => {
  const arrows = Object.entries(MAY_IMPORT).map(([name, may]) =>
    [name, new Set(may.filter((other) => !["cli", "mod.ts", name].includes(other)))] as const
  );
  assert.equal(findCycle(new Map(arrows)), undefined);
});

/** What the checker says of made-up modules. */
function said(sources: Readonly<Record<string, string>>): string {
  return violations(Object.entries(sources).map((entry) => readModule(...entry))).join("\n");
}

/** Modules that break one rule each, and what must be said. */
const BAD: readonly [path: string, source: string, complaint: RegExp][] = [
  [
    "engine/market/a.ts",
    `import { b } from "../series/b.ts";`,
    /a\.ts:1: market may not import series/,
  ],
  [
    "engine/market/a.ts",
    `\nimport type { B } from "../account/b.ts";`,
    /:2: market may not .*account/,
  ],
  ["engine/series/a.ts", `export * from "../run/run.ts";`, /series may not import run/],
  ["engine/series/a.ts", `export type { R } from "../run/run.ts";`, /series may not import run/],
  ["engine/run/a.ts", `const m = await import("../metrics/m.ts");`, /run may not import metrics/],
  ["engine/run/a.ts", `type M = import("../metrics/m.ts").M;`, /run may not import metrics/],
  ["engine/bus/a.ts", `import "../storage/postgres/store.ts";`, /bus may not import storage/],
  ["engine/bus/a.ts", `import { made } from "../../data/made.ts";`, /bus may not import outside/],
  ["engine/bus/deep/a.ts", `import "../../cli/main.ts";`, /bus may not import cli/],
  [
    "engine/ports/a.ts",
    `import { f } from "../market/f.ts";`,
    /ports may not import more than types/,
  ],
  ["engine/mod.ts", `export { s } from "./storage/s.ts";`, /may not import storage before it is/],
  ["engine/mod.ts", `import "./live/bot.ts";`, /mod\.ts may not import live/],
  ["strategies/a.ts", `import "../engine/market/a.ts";`, /strategies may not import market/],
  ["engine/odd/a.ts", ``, /its folder is not in the table/],
  ["engine/cli/a.ts", `const name = "x"; await import(name);`, /imports what a variable names/],
  ["engine/research/a.ts", `const spec = "danfojs";`, /may name danfojs/],
  ["engine/research/a.ts", "const spec = `npm:danfojs@1.1.2`;", /may name danfojs/],
  ["engine/research/a.ts", `import type { DataFrame } from "danfojs";`, /may name danfojs/],
  ["engine/market/frame.ts", `await import("danfojs");`, /literal import has danfo/],
  ["engine/market/a.ts", `export * from "./danfo.ts";`, /literal import has danfo/],
  ["engine/live/a.ts", `import ccxt from "ccxt";`, /may name ccxt/],
  ["engine/live/a.ts", `import postgres from "postgres";`, /may name postgres/],
  ["engine/market/a.ts", `Deno.readTextFileSync("x");`, /Deno in a pure folder/],
  ["engine/market/describe_tape.ts", `Deno.env.get("x");`, /Deno\.env in a pure folder/],
  ["engine/market/describe_tape.ts", `fetch("x");`, /fetch in a pure folder/],
  ["engine/series/a.ts", `const t = Date.now();`, /Date\.now in a pure folder/],
  ["engine/series/a.ts", `const t = Date["now"]();`, /Date\.now in a pure folder/],
  ["engine/series/a.ts", `const { now } = Date;`, /Date\.now in a pure folder/],
  ["engine/series/a.ts", `const t = new Date();`, /Date\.now in a pure folder/],
  ["engine/series/a.ts", `const t = new Date;`, /Date\.now in a pure folder/],
  ["engine/series/a.ts", `const t = Date();`, /Date\.now in a pure folder/],
  ["engine/run/a.ts", `const t = performance.now();`, /performance\.now in a pure folder/],
  ["engine/run/a.ts", `const r = Math.random();`, /Math\.random in a pure folder/],
  ["engine/run/a.ts", `const { random } = Math;`, /Math\.random in a pure folder/],
  ["engine/account/a.ts", `crypto.getRandomValues(x);`, /crypto in a pure folder/],
  [
    "engine/account/a.ts",
    `import { randomBytes } from "node:crypto";`,
    /randomBytes of node:crypto/,
  ],
  ["engine/account/a.ts", `import * as c from "node:crypto";`, /\* of node:crypto/],
  ["engine/account/a.ts", `import { readFileSync } from "node:fs";`, /node:fs in a pure folder/],
  ["engine/strategy/a.ts", `const e = globalThis.process;`, /globalThis in a pure folder/],
  ["engine/strategy/a.ts", `const e = process.env;`, /process in a pure folder/],
  ["engine/metrics/a.ts", `setTimeout(() => {}, 1);`, /setTimeout in a pure folder/],
  ["engine/live/a.ts", `const x = y as any;`, /:1: any/],
  ["engine/live/a.ts", `// deno-lint-ignore no-explicit-any\nconst x = 1;`, /deno-lint-ignore/],
  ["engine/live/a.ts", `// @ts-ignore\nconst x = 1;`, /@ts-ignore/],
  ["engine/live/a.ts", `/** TO${"DO"}: later */\nconst x = 1;`, /later/],
  ["engine/live/a.ts", `console.log("x");`, /console outside cli/],
  ["engine/live/a.ts", `export default 1;`, /default export/],
  ["engine/live/aB.ts", ``, /snake_case/],
  ["engine/live/utils.ts", ``, /no thing in particular/],
];

Deno.test("the checker goes red on a module that breaks a rule", () => {
  for (const [path, source, complaint] of BAD) assert.match(said({ [path]: source }), complaint);
});

Deno.test("the checker goes red on a cycle, of types too", () => {
  const circle = said({
    "engine/market/a.ts": `import { b } from "./b.ts";`,
    "engine/market/b.ts": `import type { C } from "./c.ts";`,
    "engine/market/c.ts": `export * from "./a.ts";`,
  });
  assert.match(circle, /a cycle of files: engine\/market\/a\.ts -> .*b\.ts -> .*c\.ts -> .*a\.ts/);
  const folders = said({
    "engine/market/a.ts": `import { s } from "../series/s.ts";`,
    "engine/series/b.ts": `import { m } from "../market/m.ts";`,
  });
  assert.match(folders, /a cycle of folders: market -> series -> market/);
});

Deno.test("the checker has nothing to say of modules that keep to the rules", () => {
  assert.equal(
    said({
      "engine/market/a.ts": `
        import { createHash } from "node:crypto";
        export interface Call { fetch: number; process(): void }
        export const day = (time: number) => new Date(time).getUTCDay() + Date.UTC(2024, 0) * Math.PI;
        export const f = (call: Call, performance: number[]) => call.fetch + performance.length;
        export const text = "Date.now() and any"; // Date.now() and console.log() in words
      `,
      "engine/market/frame.ts": `
        import type { DataFrame } from "danfojs";
        const name = "danfojs";
        export const load = () => import(name);
      `,
      "engine/market/describe_tape.ts":
        `export const size = async () => (await Deno.stat("x")).size;`,
      "engine/mod.ts": `export const store = () => import("./storage/postgres/store.ts");`,
      "engine/ports/store.ts": `import type { Candles } from "../market/a.ts";`,
      "engine/live/b.ts": `import type { Store } from "../ports/store.ts"; Date.now();`,
      "strategies/s.ts": `import { sma } from "../engine/series/mod.ts"; export default sma;`,
    }),
    "",
  );
});
