import { type Look, TEXT } from "./look.ts";
import { MARGIN } from "./margin.ts";
import type { Option } from "./option.ts";
import { tableText, type TextTable } from "./table_block.ts";
import { textWidth } from "./text_width.ts";
import { words } from "./words.ts";

/** What stands above a picture. */
export interface Heading {
  /** What is shown. */
  title: string;
  /** More of what is shown, such as the span; set beside each other. */
  about: readonly string[];
  /** The key numbers, set beside each other. */
  numbers: readonly string[];
  /** A table below, for the text form. */
  table?: TextTable;
}

const LEFT = MARGIN.left, BARE = 4, TOP = 24, LINE = 18, BETWEEN = "   ·   ";

/** The lines of a heading and how much of the picture they take; `undefined` is none. */
export function headingLines(
  heading: Heading | undefined,
  width: number,
  look: Look,
): { elements: Option[]; height: number } {
  if (heading === undefined) return { elements: [], height: BARE };
  const { title, about, numbers } = heading;
  const room = width - 2 * LEFT;
  const titleLines = wrapped(title.split(" "), " ", TEXT.title * 1.04, room);
  const lines = [
    ...wrapped(about, BETWEEN, TEXT.normal, room).map((text) => ({ text, colour: look.muted })),
    ...wrapped(numbers, BETWEEN, TEXT.normal, room).map((text) => ({ text, colour: look.text })),
  ];
  let y = TOP;
  const elements = titleLines.map((text, i) =>
    words(text, LEFT, y = TOP + 22 * i, { colour: look.text, size: TEXT.title, bold: true })
  );
  y += 6;
  for (const { text, colour } of lines) elements.push(words(text, LEFT, y += LINE, { colour }));
  return { elements, height: y + 10 };
}

/** The heading as text, one line each. */
export function headingText({ title, about, numbers, table }: Heading): string {
  const lines = [title, about.join(" · "), numbers.join(" · "), table ? tableText(table) : ""];
  return lines.filter((line) => line !== "").join("\n");
}

/** As many parts to a line as fit; what is wider than a line by itself goes on in the next. */
function wrapped(parts: readonly string[], between: string, size: number, room: number): string[] {
  const lines: string[] = [];
  for (const part of parts.flatMap((part) => pieces(part, size, room))) {
    const last = lines.at(-1), longer = `${last}${between}${part}`;
    if (last !== undefined && textWidth(longer, size) <= room) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  return lines;
}

/** A text in pieces that fit into a line. */
function pieces(text: string, size: number, room: number): string[] {
  if (textWidth(text, size) <= room || text.length < 2) return [text];
  let length = text.length - 1;
  while (length > 1 && textWidth(text.slice(0, length), size) > room) length--;
  return [text.slice(0, length), ...pieces(text.slice(length), size, room)];
}
