/**
 * A small JSON object: what happened, for people and programs that follow. Nobody decides by it: who is
 * woken reads the store.
 */
export type BusMessage = Readonly<Record<string, string | number>>;

/**
 * Wakes those who wait for something. A message may be lost; nobody relies on one, since the store is
 * the truth and everyone looks there in time anyway.
 */
export interface Bus {
  publish(channel: string, message: BusMessage): Promise<void>;
  /**
   * Calls `listener` for each message on `channel` from now on, and `missed` whenever the connection
   * was lost and is back: messages may have gone by, so whoever listens looks into the store. Returns
   * what ends it.
   */
  subscribe(
    channel: string,
    listener: (message: BusMessage) => void,
    missed?: () => void,
  ): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** A candle of `symbol` was closed and stored: exchange, timeframe and the candle; `revised` if it was before. */
export const marketChannel = (symbol: string): string => `market:${symbol}`;
/** A bot took a decision. */
export const signalsChannel = (botId: string): string => `signals:${botId}`;
/** A bot's status changed. */
export const statusChannel = (botId: string): string => `status:${botId}`;
/** Somebody asks something of a bot. */
export const WISHES_CHANNEL = "bots:wishes";
/** What concerns everyone: a bot quarantined, the collector stopped. */
export const SYSTEM_CHANNEL = "system:events";
