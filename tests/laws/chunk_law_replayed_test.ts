/** Law 1 over the operators whose state is hidden, by replay; and over what their libraries have besides. */
import assert from "node:assert/strict";
import { CATALOGUE } from "../../engine/series/catalogue.ts";
import {
  close,
  Condition,
  type Expression,
  high,
  low,
  Numeric,
  open,
  volume,
} from "../../engine/series/expression.ts";
import type { Fill, Kernel, Replayed, Values } from "../../engine/series/operator.ts";
import { change } from "../../engine/series/operators/rows/change.ts";
import { on } from "../../engine/series/operators/candles/on.ts";
import { sma } from "../../engine/series/operators/averages/sma.ts";
import { Plan } from "../../engine/series/plan.ts";
import { assertChunkLaw, planMachine } from "./chunk_law.ts";
import { assertKernelLaw } from "./kernel_law.ts";
import { madeCandles } from "./made_candles.ts";
import { argumentCases, kernelRows } from "./operator_cases.ts";
import { assertReplayedLaw } from "./replayed_law.ts";

const CANDLES = madeCandles({ rows: 4_500, seed: 31 }), { timeframe, decimals } = CANDLES;
const SHORT = CANDLES.slice(0, 1_200);
const ADAPTERS = CATALOGUE.filter((entry) => entry.kind === "adapter");
const NUMBERS = [high, low, close, volume],
  MORE = [change(close, 2), on("5m", high), open, sma(close, 4)];

/** An operator of an adapter, without the text that names it among the others. */
function numeric<Member extends Kernel | Replayed>(member: Member): Member {
  const { indicator: _, ...args } = member.args;
  return { ...member, args };
}

/** The first cases have the least arguments, the last ones windows of a thousand rows. */
const cases = (member: Kernel | Replayed, seed: number): Values[] =>
  argumentCases(numeric(member), seed).slice(0, -1);

for (const { name: op, members } of ADAPTERS) {
  for (const [indicator, member] of members) {
    Deno.test(`Law 1, ${member.kind}: ${member.name}`, () => {
      cases(member, 1).forEach((args, n) => {
        for (const sort of ["prices", "computed", "broken"] as const) {
          const rows = kernelRows(member.inputs, SHORT, sort, n);
          if (member.kind === "kernel") assertKernelLaw(member, args, rows, n);
          else assertReplayedLaw(member, args, rows, n);
        }
      });
    });
    Deno.test(`Law 1, in a plan: ${member.name}`, () => {
      for (const [n, inputs] of [NUMBERS, MORE].entries()) {
        const args = { indicator, ...cases(member, 2).at(-1 - n) };
        const expressions = outputsOf(op, member, inputs.slice(0, member.inputs.length), args);
        const options = { timeframe, decimals };
        assert.equal(new Plan(expressions, options).replays, member.kind === "replayed");
        const machine = planMachine(expressions, options, CANDLES.length);
        const { columns } = assertChunkLaw(machine, CANDLES, n);
        for (const [name, column] of n === 0 ? columns : []) {
          const known = column.filter((value) => value === value).length;
          assert(known > 0.6 * CANDLES.length, `${name}: only ${known} rows known`);
        }
      }
    });
  }
}

function outputsOf(
  op: string,
  { output }: Kernel | Replayed,
  inputs: Numeric[],
  args: Readonly<Record<string, number | string>>,
): Record<string, Expression> {
  if (output === "boolean") return { it: new Condition({ op, inputs, args }) };
  if (output === "number") return { it: new Numeric({ op, inputs, args }) };
  return Object.fromEntries(
    Object.keys(output).map((output) => [output, new Numeric({ op, inputs, args, output })]),
  );
}

const ROWS = kernelRows(["number"], SHORT, "computed");

/** An operator that hides how many rows it has seen. */
const counting = (begin: Replayed["begin"]): Replayed => ({
  kind: "replayed",
  name: "counting",
  version: 1,
  inputs: ["number"],
  output: "number",
  args: {},
  begin,
});

const eachRow = (value: (x: Float64Array, i: number) => number): Fill => ([x], [out], from, to) => {
  for (let i = from; i < to; i++) out[i] = value(x, i);
};

Deno.test("The check by replay accepts an operator that keeps the law", () => {
  assertReplayedLaw(
    counting(() => {
      let count = 0;
      return eachRow((x, i) => x[i] + count++);
    }),
    {},
    ROWS,
  );
});

let shared = 0;
const BROKEN: Record<string, Replayed["begin"]> = {
  "shares what it remembers with its kind": () => eachRow((x, i) => x[i] + shared++),
  "reads the row that follows": () => eachRow((x, i) => Math.max(x[i], x[i + 1])),
  "reads the row before": () => eachRow((x, i) => x[i] + x[i - 1]),
  "counts the chunks": () => {
    let chunks = 0;
    return ([x], [out], from, to) => {
      chunks++;
      for (let i = from; i < to; i++) out[i] = x[i] + chunks;
    };
  },
  "remembers nothing of its first row": () => {
    let first = true;
    return ([x], [out], from, to) => {
      for (let i = from; i < to; i++) out[i] = first ? 0 : x[i];
      first = false;
    };
  },
  "gives -0": () => eachRow((x, i) => x[i] > 0 ? -0 : x[i]),
};

for (const [what, begin] of Object.entries(BROKEN)) {
  Deno.test(`The check by replay refuses an operator that ${what}`, () => {
    assert.throws(() => assertReplayedLaw(counting(begin), {}, ROWS), assert.AssertionError);
  });
}
