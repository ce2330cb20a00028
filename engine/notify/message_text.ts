import type { Message } from "./happening.ts";

/** The longest text, in characters: Discord takes 2,000, the others more. */
const LONGEST = 1_800;
/** The longest line: reasons may be whole texts of errors. */
const LONGEST_LINE = 300;

/** A message as plain text, a line for each happening; those that do not fit are counted. */
export function messageText({ happenings, leftOut }: Message): string {
  const lines: string[] = [];
  let length = 0;
  for (const { text } of happenings) {
    // What looks like a line of its own is none.
    const plain = text.replace(/\p{Cc}+/gu, " ");
    const line = plain.length > LONGEST_LINE ? `${plain.slice(0, LONGEST_LINE)}…` : plain;
    length += line.length + 1;
    if (length > LONGEST) break;
    lines.push(line);
  }
  const more = happenings.length - lines.length + leftOut;
  return [...lines, ...(more > 0 ? [`and ${more} more that are not told here`] : [])].join("\n");
}
