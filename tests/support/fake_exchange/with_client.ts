import type { DialectName } from "./dialect.ts";
import { type FakeExchange, type FakeExchangeOptions, startFakeExchange } from "./fake_exchange.ts";
import { madeRows, SYMBOLS } from "./made_rows.ts";
import { type RawClient, rawClient } from "./raw_client.ts";

/** What `withClient` sells unless it is told otherwise. */
export const ROWS = madeRows(400);

/** Longer than the made tape. */
export const ALL = 1_000_000;

/** Runs `use` with an exchange that is moved by steps, and raw ccxt subscribed to all its markets. */
export async function withClient(
  name: DialectName,
  use: (client: RawClient, exchange: FakeExchange) => Promise<void>,
  options: Partial<FakeExchangeOptions> = {},
): Promise<void> {
  const instruments = SYMBOLS.map((symbol) => ({ symbol }));
  const given = { dialect: name, instruments, trades: ROWS, pace: "stepped" as const, ...options };
  const exchange = await startFakeExchange(given);
  const client = await rawClient(name, exchange, given.instruments.map(({ symbol }) => symbol));
  try {
    await use(client, exchange);
  } finally {
    // at once: a half-open socket closes only when its other end goes
    await Promise.all([client.close(), exchange.stop()]);
  }
}
