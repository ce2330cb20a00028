import type { BotState } from "../../ports/bots.ts";
import { firstCell } from "./compare_rows.ts";
import type { Cell, Difference } from "./difference.ts";

/** What a bot's own row says of its run, and what it should say; `time` is that of its last candle. */
export function compareState(
  stored: BotState,
  recomputed: BotState,
  time: number,
): Difference | undefined {
  const { snapshot: one, ...own } = stored, { snapshot: other, ...wanted } = recomputed;
  const cell = firstCell({ ...own }, { ...wanted }) ?? snapshotCell(one, other);
  return cell && { table: "bots", kind: "changed", row: "its own", time, ...cell };
}

/** The first number in which two states differ. */
function snapshotCell(
  one: Uint8Array | undefined,
  other: Uint8Array | undefined,
): Pick<Difference, "column" | "stored" | "recomputed"> | undefined {
  if (one === undefined || other === undefined || one.length !== other.length) {
    if (one === other) return undefined;
    return { column: "snapshot", stored: sizeOf(one), recomputed: sizeOf(other) };
  }
  const stored = numbersOf(one), recomputed = numbersOf(other);
  // Of NaN any bits will do: JavaScript leaves open which an operation gives.
  const at = recomputed.findIndex((value, i) => !Object.is(value, stored[i]));
  if (at < 0) return undefined;
  return { column: `snapshot[${at}]`, stored: stored[at], recomputed: recomputed[at] };
}

function sizeOf(bytes: Uint8Array | undefined): Cell {
  return bytes === undefined ? null : `${bytes.length} bytes`;
}

/** All of a state is doubles; a rest that fills none is left out, as no run writes one. */
function numbersOf(bytes: Uint8Array): Float64Array {
  return new Float64Array(bytes.slice().buffer, 0, Math.floor(bytes.length / 8));
}
