import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** The cookie that says who is logged in. */
export const SESSION_COOKIE = "lockstep_session";
/** Where a page says that it read what only pages of this server can read. */
export const CSRF_HEADER = "x-csrf-token";
/** So long somebody stays logged in, in seconds. */
export const SESSION_SECONDS = 12 * 3_600;

/**
 * Who may see and do what. Sessions are signed and not stored: they outlast a restart, and end with
 * their time or when the token changes. Those of who logged out before that are remembered by this process.
 */
export class Sessions {
  private readonly key: Uint8Array;
  /** Sessions that were ended before their time, with that time. */
  private readonly ended = new Map<string, number>();

  /** Without a token everybody is let in, and the signatures hold for this process. */
  constructor(private readonly token: string | undefined) {
    this.key = token === undefined ? randomBytes(32) : digest("lockstep session", token);
  }

  /** Whether anything is asked of who comes. */
  get asks(): boolean {
    return this.token !== undefined;
  }

  /** Whether that is the token; how long that takes does not tell how much of it is right. */
  isToken(given: string): boolean {
    return this.token !== undefined && isSame(given, this.token);
  }

  /** A new session that begins `now` (UTC milliseconds). */
  begin(now: number): string {
    const text = `${Math.floor(now / 1_000) + SESSION_SECONDS}.${randomBytes(12).toString("hex")}`;
    return `${text}.${this.sign(text)}`;
  }

  /** Whether a session was begun here and is not over. */
  isOn(session: string | undefined, now: number): boolean {
    return !this.asks || this.overAt(session) > now;
  }

  /** Ends a session before its time. */
  end(session: string | undefined, now: number): void {
    for (const [one, over] of this.ended) if (over <= now) this.ended.delete(one);
    const over = this.overAt(session);
    if (over > now) this.ended.set(session!, over);
  }

  /** When a session is over by itself; 0 for one that was ended, or not begun here. */
  private overAt(session = ""): number {
    const [, text, until, signature] = /^((\d{1,12})\.[0-9a-f]{24})\.(\S+)$/.exec(session) ?? [];
    if (text === undefined || !isSame(signature, this.sign(text))) return 0;
    return this.ended.has(session) ? 0 : Number(until) * 1_000;
  }

  /** What a page of a session has to say when it asks for something to be done. */
  csrfOf(session: string | undefined): string {
    return this.sign(`csrf ${this.asks ? session : ""}`);
  }

  /** Whether a page has said that. */
  isCsrf(given: string | undefined, session: string | undefined): boolean {
    return given !== undefined && isSame(given, this.csrfOf(session));
  }

  private sign(text: string): string {
    return createHmac("sha256", this.key).update(text).digest("base64url");
  }
}

/** Compares digests, which are of one length, in constant time. */
function isSame(given: string, wanted: string): boolean {
  return timingSafeEqual(digest("compare", given), digest("compare", wanted));
}

function digest(key: string, text: string): Uint8Array {
  return createHmac("sha256", key).update(text).digest();
}
