import type { Socket } from "node:net";
import type { OddFrame } from "./bad_trades.ts";
import type { Dialect, Exchange } from "./dialect.ts";
import type { FakeMarket } from "./prints.ts";
import { FakeWebSocket } from "./web_socket.ts";
import { BINARY, TEXT } from "./web_socket_frames.ts";

/** A WebSocket and what it has subscribed to. */
export interface StreamSession {
  socket: FakeWebSocket;
  markets: Set<FakeMarket>;
  /** Answers and heartbeats only: its trades are dropped. */
  isSilent: boolean;
}

/** The WebSockets of an exchange. */
export class StreamHub {
  readonly sessions = new Set<StreamSession>();
  /** How many WebSockets were opened so far. */
  opened = 0;

  constructor(
    private readonly dialect: Dialect,
    private readonly exchange: Exchange,
    private readonly onSubscribe: () => void,
  ) {}

  /** Takes over a socket that has become a WebSocket. */
  open(tcp: Socket): void {
    this.opened++;
    const socket = new FakeWebSocket(
      tcp,
      (text) => this.receive(text, session),
      () => this.sessions.delete(session),
    );
    const session: StreamSession = { socket, markets: new Set(), isSilent: false };
    this.sessions.add(session);
  }

  private receive(text: string, { socket, markets }: StreamSession): void {
    this.dialect.receive(text, {
      send: (frame) => socket.send(frame),
      subscribe: (market) => {
        markets.add(market);
        this.onSubscribe();
      },
      unsubscribe: (market) => markets.delete(market),
    }, this.exchange);
  }

  /** Sends a frame to whoever has subscribed to its market. */
  broadcast(market: FakeMarket, frame: OddFrame["frame"]): void {
    for (const { socket, markets, isSilent } of this.sessions) {
      if (isSilent || !markets.has(market)) continue;
      if (typeof frame === "string") socket.send(frame);
      else socket.sendBytes(frame.as === "text" ? TEXT : BINARY, frame.bytes);
    }
  }

  /** Forgets who has subscribed to a market, without a word. */
  forget(market: FakeMarket): void {
    for (const { markets } of this.sessions) markets.delete(market);
  }

  /** Those that have subscribed to something and that no fault has hit yet. */
  healthy(): StreamSession[] {
    return [...this.sessions].filter(({ socket, markets, isSilent }) => {
      return markets.size > 0 && !isSilent && !socket.isMute && socket.isOpen;
    });
  }

  /** The markets that somebody hears of. */
  subscribed(): Set<FakeMarket> {
    return new Set(this.healthy().flatMap(({ markets }) => [...markets]));
  }

  /** What the exchange does by itself once a second. */
  beat(): void {
    const { heartbeat, idle = Infinity } = this.dialect;
    for (const { socket } of this.sessions) {
      if (performance.now() - socket.heard > idle && !socket.isMute) socket.close(1000);
      else if (heartbeat?.frame === "ping") socket.ping();
      else if (heartbeat) socket.send(heartbeat.frame);
    }
  }
}
