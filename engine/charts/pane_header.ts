import { legend, type LegendItem, legendWidth } from "./legend.ts";
import { type Look, TEXT } from "./look.ts";
import type { Option } from "./option.ts";
import type { Pane } from "./pane.ts";
import { textWidth } from "./text_width.ts";
import { words } from "./words.ts";

const LINE = 17, ABOVE = 16, BELOW = 10, GAP = 16;

/** How many pixels above a pane its title and legend take. */
export function headerHeight(pane: Pane, width: number): number {
  return ABOVE + BELOW + LINE * (legendLines(pane, width).length - 1 + noteLines(pane, width));
}

/** The title, the legend and the note of a pane that begins at `bottom`, `width` pixels wide. */
export function paneHeader(
  pane: Pane,
  { left, bottom, width }: { left: number; bottom: number; width: number },
  look: Look,
): Option[] {
  const lines = legendLines(pane, width), above = lines.length - 1 + noteLines(pane, width);
  const top = bottom - BELOW - LINE * above;
  const noteAt = noteLines(pane, width) === 0 ? top : bottom - BELOW;
  const small = { colour: look.muted, size: TEXT.small, align: "right" } as const;
  const bold = { colour: look.text, size: TEXT.small, bold: true };
  return [
    words(pane.title, left, top, bold),
    ...lines.flatMap((items, i) =>
      legend(items, left + (i === 0 ? titleWidth(pane) : 0), top + LINE * i, look)
    ),
    ...(pane.note ? [words(pane.note, left + width, noteAt, small)] : []),
  ];
}

/** The legend's items by line: the first lies between the title and the note, if that is there. */
function legendLines(pane: Pane, width: number): LegendItem[][] {
  const beside = noteLines(pane, width) === 0 ? noteWidth(pane) : 0;
  const lines: LegendItem[][] = [[]];
  let room = width - titleWidth(pane) - beside;
  for (const item of pane.legend) {
    const needed = legendWidth(item);
    if (needed > room && (lines.length > 1 || lines[0].length > 0 || needed < width)) {
      lines.push([]);
      room = width;
    }
    lines[lines.length - 1].push(item);
    room -= needed;
  }
  return lines;
}

/** A note that does not fit beside the title gets a line of its own. */
function noteLines(pane: Pane, width: number): number {
  return titleWidth(pane) + noteWidth(pane) > width ? 1 : 0;
}

function noteWidth({ note }: Pane): number {
  return note ? textWidth(note, TEXT.small) + GAP : 0;
}

function titleWidth({ title }: Pane): number {
  return title === "" ? 0 : textWidth(title, TEXT.small, { bold: true }) + GAP;
}
