import canonicalize from "canonicalize";
import { createHash } from "node:crypto";

/**
 * The SHA-256 of a JSON value in canonical form (RFC 8785), in hexadecimal: equal for equal content,
 * however it was written.
 */
export function contentHash(value: unknown): string {
  return createHash("sha256").update(canonicalize(value)!).digest("hex");
}
