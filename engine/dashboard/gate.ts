import type { Clock } from "../ports/clock.ts";
import { RateLimit } from "./guard/rate_limit.ts";
import { Sessions } from "./guard/session.ts";
import { Refusal } from "./refusal.ts";

/** So often may one caller, and may all together, try a token. */
const ONE = { most: 5, within: 60_000 }, ALL = { most: 60, within: 60_000 };

/** Lets in whoever knows the token, if one is asked for. */
export class Gate {
  private readonly sessions: Sessions;
  private readonly one: RateLimit;
  private readonly all: RateLimit;

  constructor(private readonly clock: Clock, token: string | undefined) {
    this.sessions = new Sessions(token);
    this.one = new RateLimit(clock, ONE);
    this.all = new RateLimit(clock, ALL);
  }

  /** Whether anything is asked of who comes. */
  get asks(): boolean {
    return this.sessions.asks;
  }

  /** Whether somebody with this session is in. */
  isIn(session: string | undefined): boolean {
    return this.sessions.isOn(session, this.clock.now());
  }

  /**
   * The same, or whether a program gave the token itself (`Authorization: Bearer …`). Who does is let in
   * whatever others tried from where it asks: behind a proxy that may be where everybody asks from.
   */
  knows(authorization: string | undefined, caller: string, session: string | undefined): boolean {
    if (this.isIn(session)) return true;
    const [, given] = /^Bearer (\S{1,500})$/i.exec(authorization ?? "") ?? [];
    if (given === undefined) return false;
    return this.sessions.isToken(given) || this.tries(given, caller);
  }

  /** Begins a session for who gives the token; refuses who does not, and who tries too often. */
  logIn(given: string, caller: string): string {
    if (!this.tries(given, caller)) throw new Refusal(401, "That is not the token");
    return this.sessions.begin(this.clock.now());
  }

  /** Ends a session. */
  logOut(session: string | undefined): void {
    this.sessions.end(session, this.clock.now());
  }

  /** What a page of this session has to say when it asks for something to be done. */
  csrfOf(session: string | undefined): string {
    return this.sessions.csrfOf(session);
  }

  /** Refuses who is not in, and a page that does not say what only pages of this server can know. */
  checkWrite(session: string | undefined, csrf: string | undefined): void {
    if (!this.isIn(session)) throw new Refusal(401, "Log in first");
    if (!this.sessions.isCsrf(csrf, session)) throw new Refusal(403, "Load the page again first");
  }

  /** Only wrong tokens count: a program that asks every second gives the right one. */
  private tries(given: string, caller: string): boolean {
    const wait = Math.max(this.one.wait(caller), this.all.wait("all"));
    if (wait > 0) {
      const seconds = Math.ceil(wait / 1_000);
      const headers = { "retry-after": String(seconds) };
      throw new Refusal(429, `Too many wrong tokens: wait ${seconds} s`, headers);
    }
    if (this.sessions.isToken(given)) return true;
    this.one.note(caller);
    this.all.note("all");
    return false;
  }
}
