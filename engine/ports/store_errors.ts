import type { BotStatus } from "./bot_status.ts";

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

/** Another runner has the bot, and its lease lasts. */
export class LeasedError extends StoreError {
  override name = "LeasedError";
}

/** The bot is not at work any more, and is not to be started again by itself. */
export class EndedError extends StoreError {
  override name = "EndedError";
  constructor(
    message: string,
    readonly status: BotStatus,
    readonly reason: string,
    context: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(message, context, options);
  }
}
