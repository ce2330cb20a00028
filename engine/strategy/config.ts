import { z } from "zod";
import { type AccountSettings, FURTHER_SETTINGS, PLAIN_SETTINGS } from "../account/settings.ts";
import { SIGNALS } from "../account/signals.ts";
import { STOPS } from "../account/stop_rules.ts";
import { nests, type Timeframe, TIMEFRAMES } from "../market/timeframe.ts";
import type { InputJson, ScalarJson } from "../series/graph_json.ts";
import { NAME, NAME_RULE } from "./names.ts";
import { ruleSchema, schemaEach } from "./rule_schema.ts";

/** The largest graph that is loaded, in nodes. */
const MOST_NODES = 2_000;

/** An object with these keys and no others; the message of an error lists them. */
function strict<T extends z.core.$ZodLooseShape>(shape: T) {
  const keys = Object.keys(shape).join(", ");
  return z.strictObject(shape, {
    error: ({ code }) => code === "unrecognized_keys" ? keys : undefined,
  });
}

const name = z.string().regex(NAME, { error: `names are ${NAME_RULE}` }).describe(NAME_RULE);

const SCALAR = "a number, a text, { param } or { op, inputs }";
const scalar: z.ZodType<ScalarJson> = z.lazy(() =>
  z.union([
    z.number(),
    z.string(),
    strict({ param: z.string() }),
    strict({ op: z.string(), inputs: z.array(scalar) }),
  ], { error: `must be ${SCALAR}` })
).describe("A number, a text, a parameter, or arithmetic on them");
const input: z.ZodType<InputJson> = z.union([strict({ ref: z.string() }), scalar], {
  error: `must be { ref }, ${SCALAR}`,
}).describe("A series by name, or a scalar");

const range = { min: z.number(), max: z.number() };
const parameter = z.discriminatedUnion("type", [
  strict({ type: z.literal("whole"), default: z.int(), ...range }),
  strict({ type: z.literal("number"), default: z.number(), ...range }),
  strict({ type: z.literal("choice"), default: z.string(), options: z.array(z.string()) }),
]);

const node = strict({
  op: z.string().describe("The operator's name in the catalogue"),
  version: z.int(),
  inputs: z.array(input),
  args: z.record(z.string(), scalar).optional(),
  output: z.string().optional(),
});

const strategy = strict({
  name,
  parameters: z.record(name, parameter),
  where: scalar.optional().describe("A comparison that the parameters must keep"),
  graph: z.record(name, node).refine((graph) => Object.keys(graph).length <= MOST_NODES, {
    error: `must have at most ${MOST_NODES} nodes`,
  }),
  signals: strict(
    schemaEach(SIGNALS, ({ description }) => input.optional().describe(description)),
  ),
  series: z.record(name, input).describe("What is recorded with each signal, and drawn"),
  params: z.record(name, z.union([z.number(), z.string()], { error: "must be a number or a text" }))
    .describe("The parameters' values"),
});

const timeframe = z.enum(TIMEFRAMES as [Timeframe, ...Timeframe[]]);

const market = strict({
  exchange: z.string().min(1),
  symbol: z.string().min(1),
  timeframe: timeframe.describe("What the strategy sees and counts in: it decides at their closes"),
  base: timeframe.optional().describe(
    "Shorter candles, of which the strategy's are made: fills, stops and equity go by these",
  ),
}).superRefine(({ timeframe, base }, { addIssue }) => {
  if (base === undefined || (base !== timeframe && nests(base, timeframe))) return;
  const fitting = TIMEFRAMES.filter((one) => one !== timeframe && nests(one, timeframe));
  const message = fitting.length === 0
    ? `there is no shorter one than market.timeframe ${timeframe}`
    : `must be shorter than market.timeframe ${timeframe} and divide it: ${fitting.join(", ")}`;
  addIssue({ code: "custom", path: ["base"], input: base, message });
});

const account = strict({
  ...schemaEach(
    PLAIN_SETTINGS,
    ({ rule, description }) => ruleSchema(rule).describe(description),
  ),
  ...schemaEach(
    FURTHER_SETTINGS,
    ({ rule, description }) => ruleSchema(rule).optional().describe(description),
  ),
}) as unknown as z.ZodType<AccountSettings>;

const risk = strict(
  schemaEach(
    STOPS,
    ({ distance, description }) => (distance ? input : scalar).optional().describe(description),
  ),
);

const metric = z.union([z.number(), z.literal(["NaN", "Infinity", "-Infinity"])], {
  error: 'must be a number, "NaN", "Infinity" or "-Infinity"',
});

const receipt = strict({
  data: strict({
    fingerprint: z.string().describe("SHA-256 of the candles' columns"),
    from: z.string().describe("Open of the first candle that the indicators saw"),
    start: z.string().describe("Open of the first candle that the account acted on"),
    to: z.string(),
    candles: z.int(),
    gaps: z.int(),
  }),
  metrics: z.record(z.string(), metric),
  trials: z.int().min(1).describe(
    "Parameter sets that were tried before this one was chosen, it included",
  ),
  independentTrials: z.number().min(0).optional().describe(
    "As how many independent ones they count, by which a Sharpe ratio is deflated",
  ),
  engine: z.string(),
  deno: z.string(),
  contentHash: z.string().describe("SHA-256 of market, strategy, account and risk (RFC 8785)"),
}).describe("How the strategy did when it was promoted");

/** A bot's config: data, and all that the bot is. */
export const configSchema = strict({
  $schema: z.string().optional(),
  name: name.describe("What the bot is called"),
  market,
  strategy,
  account,
  risk,
  receipt: receipt.optional(),
});

export type Config = z.infer<typeof configSchema>;

/** The JSON Schema by which editors complete and check configs. */
export function configJsonSchema(): object {
  return z.toJSONSchema(configSchema, { target: "draft-7" });
}
