import { InputError } from "../market/errors.ts";
import type { Receiver } from "../notify/receivers/receiver.ts";
import { notifySettings, receiversOf } from "../notify/settings.ts";
import { describeIssue } from "../strategy/describe_issue.ts";
import { readJson } from "./read_json.ts";

/**
 * Reads who is told from a JSON file, and the secrets from the environment. Throws an `InputError` that
 * says where the file is wrong, which variable is missing, or that a receiver may not be reached.
 */
export async function readNotifySettings(
  path: string,
): Promise<{ receivers: Receiver[]; perMinute: number }> {
  const found = notifySettings.safeParse(await readJson(path), { reportInput: true });
  if (!found.success) {
    const lines = found.error.issues.flatMap(describeIssue);
    throw new InputError(`Cannot use ${path}:\n${lines.map((line) => `  ${line}`).join("\n")}`);
  }
  const receivers = receiversOf(found.data, secret);
  receivers.forEach(checkReach);
  return { receivers, perMinute: found.data.perMinute };
}

function secret(variable: string): string {
  const value = Deno.env.get(variable);
  if (value) return value;
  throw new InputError(`Cannot notify: the environment has no ${variable}, which holds a secret`);
}

/** Who may not be reached is told so at the start, not when something has gone wrong. */
function checkReach({ name, url }: Receiver): void {
  const { host } = new URL(url);
  if (Deno.permissions.querySync({ name: "net", host }).state === "granted") return;
  throw new InputError(
    `Cannot notify by ${name}: this task may not reach ${host}. Put LOCKSTEP_NET=--allow-net ` +
      `before the command`,
  );
}
