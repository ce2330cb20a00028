/**
 * A mistake that the user can mend: its message is complete by itself (what could not be done, the
 * rule, the value found), so that commands print it without a stack trace.
 */
export class InputError extends Error {
  override name = "InputError";
}
