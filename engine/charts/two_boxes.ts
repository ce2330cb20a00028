import { type Heading, headingLines } from "./heading.ts";
import type { Look } from "./look.ts";
import { MARGIN } from "./margin.ts";
import { tooSmall } from "./picture_options.ts";

/** Where a drawing lies, in pixels. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** A picture of two drawings. */
export interface Two {
  /** `undefined` where it is not drawn. */
  heading: Heading | undefined;
  size: { width: number; height: number };
  look: Look;
}

const HEADER = 28, FOOT = 52, BETWEEN = 76, LEAST_BESIDE = 700, LEAST_HEIGHT = 90;

/** Refuses a height in which the drawings would be too flat to be read. */
export function checkTwo(two: Two): void {
  const { size, heading, look } = two, lines = isBeside(two) ? 1 : 2;
  const above = headingLines(heading, size.width, look).height;
  const least = above + lines * (HEADER + LEAST_HEIGHT + FOOT);
  if (size.height < least) throw tooSmall("height", size.height, least);
}

/**
 * Where two drawings lie below a heading that ends at `from`: beside each other, or below where that is too narrow. Above
 * each is room for a line of text, and below for an axis with its name.
 */
export function twoBoxes(two: Two, from: number): Box[] {
  const { width, height } = two.size, { left, right } = MARGIN;
  if (isBeside(two)) {
    const each = (width - left - right - BETWEEN) / 2, high = height - from - HEADER - FOOT;
    return [0, 1].map((i) => {
      return { left: left + i * (each + BETWEEN), top: from + HEADER, width: each, height: high };
    });
  }
  const row = (height - from) / 2;
  return [0, 1].map((i) => ({
    left,
    top: from + i * row + HEADER,
    width: width - left - right,
    height: row - HEADER - FOOT,
  }));
}

function isBeside({ size }: Pick<Two, "size">): boolean {
  return size.width >= LEAST_BESIDE;
}
