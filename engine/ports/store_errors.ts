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

/** A stored candle has other values than the one that came. */
export class CandleConflictError extends StoreError {
  override name = "CandleConflictError";
}

/** Another runner took the bot over, or its cursor moved: what was to be written is out of date. */
export class FencedError extends StoreError {
  override name = "FencedError";
}
