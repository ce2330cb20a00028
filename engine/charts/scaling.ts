import { InputError } from "../market/errors.ts";

/** How values are spread over a pane. */
const SCALES = ["linear", "log"] as const;
export type Scale = typeof SCALES[number];

/** What pictures may be told that show prices or equity over time. */
export interface Scaling {
  /** Of prices and equity: by default `linear`; with `log`, equal distances are equal ratios. */
  scale?: Scale;
  /** Whether equity is drawn beside buying and holding, which can dwarf it; by default it is. */
  buyAndHold?: boolean;
}

/** The options of `Scaling`, by name. */
export const SCALING_OPTIONS = ["scale", "buyAndHold"] as const;

/** Refuses what they cannot be. */
export function checkScaling({ scale = "linear", buyAndHold = true }: Scaling): void {
  if (!SCALES.includes(scale)) {
    throw new InputError(`Cannot draw: scale must be ${SCALES.join(" or ")}, not "${scale}"`);
  }
  if (typeof buyAndHold !== "boolean") {
    throw new InputError(`Cannot draw: buyAndHold must be true or false, not "${buyAndHold}"`);
  }
}
