import { z } from "zod";
import { KINDS } from "../happening.ts";
import { messageText } from "../message_text.ts";
import {
  address,
  COMMON,
  JSON_HEADERS,
  type Receiver,
  type Secrets,
  strict,
  variable,
} from "./receiver.ts";

/** Any program: it is sent JSON, `{ text, happenings: [{ kind, level, bot, text }], leftOut }`. */
export const webhookSettings = strict({
  kind: z.literal("webhook"),
  ...COMMON,
  url: address,
  tokenVariable: variable.optional(),
});

/** A webhook; its token, if it has one, is sent as `Authorization: Bearer`. */
export function webhook(
  { url, level, tokenVariable }: z.infer<typeof webhookSettings>,
  secret: Secrets,
): Receiver {
  const headers: Record<string, string> = { ...JSON_HEADERS };
  if (tokenVariable) headers.authorization = `Bearer ${secret(tokenVariable)}`;
  const telling: Receiver["telling"] = (message) => {
    const happenings = message.happenings.map((one) => ({ ...one, level: KINDS[one.kind] }));
    const body = { text: messageText(message), happenings, leftOut: message.leftOut };
    return { url, headers, body: JSON.stringify(body) };
  };
  return { name: "webhook", level, url, telling };
}
