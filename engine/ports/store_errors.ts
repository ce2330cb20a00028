/** Something that the store could not do; `context` says with what. */
export class StoreError extends Error {
  override name = "StoreError";
  constructor(
    message: string,
    readonly context: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * The store could not be reached, or could not do it now: it is away, starting, stopped, locked, full
 * or too slow. Trying the same again makes sense; with any other `StoreError` it does not. What was
 * asked for may have happened all the same, if the connection was lost before the answer came.
 */
export class UnreachableError extends StoreError {
  override name = "UnreachableError";
}

/** A stored candle has other values than the one that came. */
export class CandleConflictError extends StoreError {
  override name = "CandleConflictError";
}

/** Another runner took the bot over, or its cursor moved: what was to be written is out of date. */
export class FencedError extends StoreError {
  override name = "FencedError";
}
