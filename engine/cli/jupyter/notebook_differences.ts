import type { Cell, Output } from "./notebook.ts";
import { pictureDifference } from "./picture_difference.ts";

/** A cell whose outputs are not what they were. */
export interface Difference {
  /** Of the cell, from 1 on. */
  number: number;
  problem: string;
}

/** In which cells the outputs of `after` are others than those of `before`; both have the same cells. */
export function notebookDifferences(
  before: readonly Cell[],
  after: readonly Cell[],
): Difference[] {
  return before.flatMap(({ outputs }, i) => {
    const problem = outputsDifference(outputs, after[i].outputs);
    return problem ? [{ number: i + 1, problem }] : [];
  });
}

function outputsDifference(
  before: readonly Output[],
  after: readonly Output[],
): string | undefined {
  if (before.length !== after.length) {
    return `had ${before.length} outputs, has ${after.length}`;
  }
  for (const [i, output] of before.entries()) {
    const problem = partsDifference(partsOf(output), partsOf(after[i]));
    if (problem) return problem;
  }
}

/** What an output says, by MIME type or the like. */
function partsOf(output: Output): Record<string, string> {
  switch (output.output_type) {
    case "stream":
      return { [output.name]: output.text };
    case "error":
      return { error: [`${output.ename}: ${output.evalue}`, ...output.traceback].join("\n") };
    default:
      return output.data;
  }
}

function partsDifference(
  before: Record<string, string>,
  after: Record<string, string>,
): string | undefined {
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const was = before[name], is = after[name];
    if (was === undefined) return `${name} is new`;
    if (is === undefined) return `${name} is gone`;
    const problem = name === "image/png" ? pictureDifference(was, is) : textDifference(was, is);
    if (problem) return `${name}: ${problem}`;
  }
}

/** The first line that differs, and from where. */
function textDifference(before: string, after: string): string | undefined {
  if (before === after) return undefined;
  const was = before.split("\n"), is = after.split("\n");
  const line = was.findIndex((text, i) => text !== is[i]), at = line < 0 ? was.length : line;
  return `line ${at + 1} was ${around(was[at], is[at])}, is ${around(is[at], was[at])}`;
}

/** Of a long line, the part where it begins to differ. */
function around(text: string | undefined, other = ""): string {
  if (text === undefined) return "not there";
  let same = 0;
  while (same < text.length && text[same] === other[same]) same++;
  const from = Math.max(0, same - 20), part = text.slice(from, same + 60);
  return JSON.stringify(
    `${from > 0 ? "…" : ""}${part}${part.length + from < text.length ? "…" : ""}`,
  );
}
