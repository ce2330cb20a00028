import { z } from "zod";
import { InputError } from "../../market/errors.ts";
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

/** A channel of Discord, by the address of its webhook, which is a secret as a whole. */
export const discordSettings = strict({
  kind: z.literal("discord"),
  ...COMMON,
  urlVariable: variable,
});

/** Discord's webhook. */
export function discord(
  { level, urlVariable }: z.infer<typeof discordSettings>,
  secret: Secrets,
): Receiver {
  const url = secret(urlVariable);
  if (!address.safeParse(url).success) {
    throw new InputError(`${urlVariable} must be the URL of a webhook of Discord, http or https`);
  }
  const telling: Receiver["telling"] = (message) => {
    // Whatever a reason says, nobody is called by it.
    const body = { content: messageText(message), allowed_mentions: { parse: [] } };
    return { url, headers: JSON_HEADERS, body: JSON.stringify(body) };
  };
  return { name: "discord", level, url, telling };
}
