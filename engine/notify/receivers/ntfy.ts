import { z } from "zod";
import { isTold } from "../happening.ts";
import { messageText } from "../message_text.ts";
import { address, COMMON, type Receiver, type Secrets, strict, variable } from "./receiver.ts";

/** A topic of ntfy: its address, as `https://ntfy.sh/my-topic`. */
export const ntfySettings = strict({
  kind: z.literal("ntfy"),
  ...COMMON,
  url: address,
  tokenVariable: variable.optional(),
});

/** ntfy; alarms have a higher priority. */
export function ntfy(
  { url, level, tokenVariable }: z.infer<typeof ntfySettings>,
  secret: Secrets,
): Receiver {
  const bearer = tokenVariable && `Bearer ${secret(tokenVariable)}`;
  const telling: Receiver["telling"] = (message) => {
    const isGrave = message.happenings.some(({ kind }) => isTold(kind, "alarm"));
    const headers: Record<string, string> = { title: "Lockstep" };
    if (isGrave) headers.priority = "high";
    if (bearer) headers.authorization = bearer;
    return { url, headers, body: messageText(message) };
  };
  return { name: "ntfy", level, url, telling };
}
