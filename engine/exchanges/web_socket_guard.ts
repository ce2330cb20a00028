import type { CcxtClient, CcxtExchange, CcxtTrade } from "./ccxt_exchange.ts";
import { messageOf } from "./patiently.ts";
import type { Refusal } from "./read_trade.ts";
import { tradeSinks } from "./trade_sinks.ts";
import type { Message, VenueTraits } from "./venue_traits.ts";

/** What is heard on sockets. */
export interface SocketListener {
  /** A frame came, and was understood or not; `message` is what it holds if it is an object. */
  heard(message: Message | undefined): void;
  /** A trade of a market that is listened to. */
  trade(symbol: string, trade: CcxtTrade): void;
  refused(reason: Refusal, detail: string): void;
  /** The socket is gone, or was never there. */
  ended(reason: string): void;
}

/** Sockets that belong together: what one of them misses, all have missed. */
export interface Connection {
  /** Sends a message on each socket. */
  send(message: unknown): void;
  /** Leaves the sockets at once: what still comes is not heard. */
  close(): void;
}

/** Frames longer than this (in UTF-16 units) are none of trades. */
const LONGEST = 4_000_000;

/** Texts that are no JSON and may be right: `pong` and its like. */
const WORD = /^[\w:.\- ]{1,32}$/;

/** A whole number past what a double counts; JSON.parse would change it. */
const LONG_NUMBER = /(:\s*)(\d{16,})(?=\s*[,}\]])/g, LONG_DIGITS = /\d{16}/;

/** ccxt's close code for a connect that takes too long, which the WebSocket standard forbids. */
const FORBIDDEN = 1006;

/**
 * Stands between ccxt and its sockets. ccxt on Deno delays the last trades of a burst until the next
 * frame, drops trades behind a slow reader, dies when a connect times out (`close(1006)` throws in a
 * timer), and parses long ids to other numbers. So trades are taken the moment ccxt has parsed them, from
 * a list of our own in the place of its cache, with prices and amounts left as the exchange's text.
 */
export class SocketGuard {
  private listener: SocketListener | undefined;
  private trades = 0;

  constructor(
    private readonly exchange: CcxtExchange,
    symbols: readonly string[],
    private readonly traits: VenueTraits,
  ) {
    const stray = () => {
      this.trades++;
      this.listener?.refused("symbol is another", "a market nobody asked for");
    };
    exchange.trades = tradeSinks(symbols, stray, (symbol, trade) => {
      this.trades++;
      this.listener?.trade(symbol, trade);
    });
    // Texts, not numbers: "0x10" is 16 to ccxt. And it is half of its work.
    exchange.safeTrade = (trade) => trade;
    // Our own waiting is seeded, and knows more.
    exchange.options.ws = { ...exchange.options.ws as object, backoff: { base: 0, max: 0 } };
    const client = exchange.client.bind(exchange), guarded = new WeakSet<CcxtClient>();
    exchange.client = (url) => {
      const made = client(url);
      if (!guarded.has(made)) this.guard(made);
      guarded.add(made);
      return made;
    };
    traits.prepare?.(exchange);
  }

  /** Sends what is heard from now on to `listener`. */
  listen(listener: SocketListener): Connection {
    this.listener = listener;
    return {
      send: (message) => {
        for (const client of this.clients()) {
          if (client.isOpen()) client.send(message).catch(() => {});
        }
      },
      close: () => {
        if (this.listener === listener) this.listener = undefined;
        for (const client of this.clients()) this.leave(client);
      },
    };
  }

  private clients(): CcxtClient[] {
    return Object.values(this.exchange.clients ?? {});
  }

  private leave(client: CcxtClient): void {
    delete this.exchange.clients[client.url];
    client.reset(new Error("left"));
    try {
      client.connection?.close();
    } catch {
      // It was gone already.
    }
  }

  private guard(client: CcxtClient): void {
    const { listener } = this, isHeard = () => listener !== undefined && this.listener === listener;
    const { onError, onClose, onMessage, createConnection } = client;
    const end = (reason: string) => isHeard() && listener!.ended(reason);
    client.onError = (error) => {
      onError.call(client, error);
      end(messageOf(error));
    };
    client.onClose = (event) => {
      onClose.call(client, event);
      end(`closed by the exchange (${(event as CloseEvent | undefined)?.code ?? "?"})`);
    };
    client.createConnection = () => {
      createConnection.call(client);
      if (client.connection) forgive(client.connection);
      // Left before it was made: nobody would ever close it.
      if (!isHeard()) client.connection?.close();
    };
    const deliver = client.onMessageCallback;
    client.onMessageCallback = (_, message) => {
      if (isHeard()) this.deliver(message, () => deliver(client, message));
    };
    client.onMessage = (event) => {
      if (!isHeard()) return;
      if (typeof event.data === "string") this.readText(client, event.data);
      else if (client.gunzip || client.inflate || client.decompressBinary === false) {
        onMessage.call(client, event);
      } else this.refuseFrame("frame is no text", "bytes");
    };
  }

  private readText(client: CcxtClient, text: string): void {
    if (text.length > LONGEST) {
      return this.refuseFrame("frame is too large", `${text.length} characters`);
    }
    if (text[0] !== "{" && text[0] !== "[") {
      const { words } = this.traits;
      if (words ? words.includes(text) : WORD.test(text)) {
        return client.onMessageCallback(client, text);
      }
      return this.refuseFrame("frame is not JSON", text.slice(0, 80));
    }
    let message: unknown;
    try {
      message = JSON.parse(LONG_DIGITS.test(text) ? text.replace(LONG_NUMBER, '$1"$2"') : text);
    } catch {
      return this.refuseFrame("frame is not JSON", text.slice(0, 80));
    }
    client.onMessageCallback(client, message);
  }

  private deliver(message: unknown, run: () => void): void {
    const before = this.trades, isList = Array.isArray(message);
    const object = typeof message === "object" && message !== null && !isList;
    let problem: Refusal | undefined;
    try {
      run();
    } catch {
      problem = "frame cannot be read";
    }
    const { isOther } = this.traits, known = object ? message as Message : undefined;
    if (!problem && isOther && this.trades === before && typeof message !== "string") {
      if (!known || !isOther(known)) problem = "frame holds no trade";
    }
    if (problem) this.refuseFrame(problem, JSON.stringify(message).slice(0, 80));
    else this.listener?.heard(known);
  }

  private refuseFrame(reason: Refusal, detail: string): void {
    this.listener?.refused(reason, detail);
    this.listener?.heard(undefined);
  }
}

function forgive(socket: WebSocket): void {
  const close = socket.close.bind(socket);
  socket.close = (code, reason) => code === FORBIDDEN ? close() : close(code, reason);
}
