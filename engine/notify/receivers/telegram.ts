import { z } from "zod";
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

/** A chat of Telegram, which a bot of theirs writes to (its token is the secret). */
export const telegramSettings = strict({
  kind: z.literal("telegram"),
  ...COMMON,
  chat: z.string().min(1),
  tokenVariable: variable,
  url: address.default("https://api.telegram.org"),
});

/** Telegram's `sendMessage`. */
export function telegram(
  { url: base, level, chat, tokenVariable }: z.infer<typeof telegramSettings>,
  secret: Secrets,
): Receiver {
  const url = `${base.replace(/\/$/, "")}/bot${secret(tokenVariable)}/sendMessage`;
  const telling: Receiver["telling"] = (message) => {
    const body = { chat_id: chat, text: messageText(message) };
    return { url, headers: JSON_HEADERS, body: JSON.stringify(body) };
  };
  return { name: "telegram", level, url, telling };
}
