const encoder = new TextEncoder();

/** Prints lines of results to standard output. */
export function print(text: string): void {
  write(Deno.stdout, text);
}

/** Prints lines that accompany the results, such as progress, to standard error. */
export function note(text: string): void {
  write(Deno.stderr, text);
}

function write(stream: typeof Deno.stdout | typeof Deno.stderr, text: string): void {
  let bytes = encoder.encode(text.endsWith("\n") ? text : `${text}\n`);
  try {
    while (bytes.length > 0) bytes = bytes.subarray(stream.writeSync(bytes));
  } catch (error) {
    // Whoever read, such as `head`, has seen enough.
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}
