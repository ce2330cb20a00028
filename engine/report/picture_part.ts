import { InputError } from "../market/errors.ts";
import type { Draw, Part } from "./section.ts";

/**
 * A picture, `narrow` pixels high on a phone; where there is nothing to draw, the reason. Without
 * `narrow` it is too wide for a phone, whose reader moves it sideways.
 */
export function picturePart(draw: Draw, narrow?: number): Part {
  try {
    draw({});
    return { kind: "picture", draw, narrow };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { kind: "lines", lines: [error.message] };
  }
}
