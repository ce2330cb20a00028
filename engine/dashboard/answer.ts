import { toJson } from "../metrics/to_json.ts";

/** An answer in JSON, which nobody keeps. NaN and infinities are spelled. */
export function jsonAnswer(value: unknown, status = 200, headers: Record<string, string> = {}) {
  return new Response(toJson(value), {
    status,
    headers: { "content-type": "application/json", "cache-control": "no-store", ...headers },
  });
}

/** The same in plain text. */
export function textAnswer(text: string, status = 200, headers: Record<string, string> = {}) {
  return new Response(text, {
    status,
    headers: {
      "content-type": "text/plain; charset=utf-8",
      "cache-control": "no-store",
      ...headers,
    },
  });
}
