/**
 * A mistake that the user can mend: its message is complete by itself (what could not be done, the
 * rule, the value found), so that commands print it without a stack trace.
 */
export class InputError extends Error {
  override name = "InputError";

  /** Deno's notebooks print the stack of whatever is thrown: there the message is all of it. */
  static withoutStack = false;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    if (InputError.withoutStack) this.stack = message;
  }
}

/** What an error says; whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
