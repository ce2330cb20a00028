import { z } from "zod";
import { discord, discordSettings } from "./receivers/discord.ts";
import { ntfy, ntfySettings } from "./receivers/ntfy.ts";
import { type Receiver, type Secrets, strict } from "./receivers/receiver.ts";
import { telegram, telegramSettings } from "./receivers/telegram.ts";
import { webhook, webhookSettings } from "./receivers/webhook.ts";

/** Who is told (nobody, if the list is empty), and how often. Secrets are not in it: it names the variables that hold them. */
export const notifySettings = strict({
  perMinute: z.int().min(1).max(60).default(6),
  receivers: z.array(
    z.discriminatedUnion("kind", [
      webhookSettings,
      telegramSettings,
      discordSettings,
      ntfySettings,
    ]),
  ),
});
export type NotifySettings = z.infer<typeof notifySettings>;

/** Those who are told; of several of a kind the names are numbered. Throws what `secret` throws. */
export function receiversOf({ receivers }: NotifySettings, secret: Secrets): Receiver[] {
  const made = receivers.map((one) => receiverOf(one, secret));
  return made.map((one, i) => {
    const before = made.slice(0, i).filter(({ name }) => name === one.name).length;
    return before === 0 ? one : { ...one, name: `${one.name} ${before + 1}` };
  });
}

function receiverOf(one: NotifySettings["receivers"][number], secret: Secrets): Receiver {
  switch (one.kind) {
    case "webhook":
      return webhook(one, secret);
    case "telegram":
      return telegram(one, secret);
    case "discord":
      return discord(one, secret);
    case "ntfy":
      return ntfy(one, secret);
  }
}
