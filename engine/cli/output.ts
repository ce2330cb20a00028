import type { About } from "../ports/tell.ts";

const encoder = new TextEncoder();

/** Prints lines of results to standard output. */
export function print(text: string): void {
  write(Deno.stdout, text);
}

/** Prints lines that accompany the results, such as progress, to standard error; so all of the log. */
export function note(text: string, about?: About): void {
  write(Deno.stderr, format(text, about));
}

/** From now on `note` prints what `next` makes of a text and what that is about. */
export function formatNotes(next: (text: string, about?: About) => string): void {
  format = next;
}

/** Prints a line to standard error as it is. */
export function writeError(line: string): void {
  write(Deno.stderr, line);
}

let format = (text: string, _about?: About) => text;

function write(stream: typeof Deno.stdout | typeof Deno.stderr, text: string): void {
  let bytes = encoder.encode(text.endsWith("\n") ? text : `${text}\n`);
  try {
    while (bytes.length > 0) bytes = bytes.subarray(stream.writeSync(bytes));
  } catch (error) {
    // Whoever read, such as `head`, has seen enough.
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}
