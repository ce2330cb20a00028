/** How much somebody should care: `error` is for a person, `warning` mends itself or is looked after. */
export type Level = "info" | "warning" | "error";

/** What a message is about, beside its words. */
export interface About {
  /** `info` unless it is said. */
  level?: Level;
  /** The bot's id. */
  bot?: string;
  /** Exchange and symbol, as `instrumentKey` writes them. */
  market?: string;
}

/** Where parts say what happens, in a line that is complete without `about`. */
export type Tell = (message: string, about?: About) => void;
