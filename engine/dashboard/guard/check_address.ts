import { Refusal } from "../refusal.ts";

/** The longest path and query that are read, in characters. */
const LONGEST = 4_000;

/** Refuses an address that is too long, or whose percent-encoding means nothing. */
export function checkAddress(url: string): void {
  if (url.length > LONGEST) {
    throw new Refusal(414, `The address has ${url.length} characters, and may have ${LONGEST}`);
  }
  const { pathname, search } = new URL(url);
  for (const part of [pathname, search]) {
    try {
      if (!decodeURIComponent(part).includes("\0")) continue;
    } catch {
      // As below.
    }
    throw new Refusal(400, "The address has a % that no two hexadecimal digits of UTF-8 follow");
  }
}
