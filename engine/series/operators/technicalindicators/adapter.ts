import type { Adapter } from "../../adapter.ts";
import type { Kernel, Replayed } from "../../operator.ts";
import type { Description } from "./description.ts";
import { patternKernel } from "./pattern_kernel.ts";
import { type Pattern, PATTERNS } from "./patterns.ts";
import { replayedIndicator } from "./replayed_indicator.ts";
import { INDICATORS, REFUSED } from "./table.ts";

/** The version rises with that of the library, and with any change of what is made of its numbers. */
const FAMILY = { name: "technicalindicators", version: 1 };

export const technicalindicatorsOperator: Adapter = {
  kind: "adapter",
  ...FAMILY,
  members: new Map<string, Kernel | Replayed>([
    ...Object.entries<Description>(INDICATORS).map(([name, description]) =>
      [name, replayedIndicator(name, description, FAMILY)] as const
    ),
    ...Object.entries<Pattern>(PATTERNS).map(([name, pattern]) =>
      [name, patternKernel(name, pattern, FAMILY)] as const
    ),
  ]),
  refused: REFUSED,
};
