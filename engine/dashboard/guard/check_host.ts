import { isIP } from "node:net";
import { Refusal } from "../refusal.ts";

/**
 * Refuses a request whose `Host` is a name that this server does not go by: a page elsewhere whose name
 * was made to lead here (DNS rebinding) could read all else. An address of numbers cannot be made to
 * lead elsewhere.
 */
export function checkHost(host: string | undefined, names: readonly string[] = []): void {
  const name = hostnameOf(host ?? "");
  if (name === "localhost" || isIP(name) !== 0) return;
  if (name !== "" && names.some((one) => hostnameOf(one) === name)) return;
  throw new Refusal(421, `This server does not go by the name ${JSON.stringify(name)}`);
}

/** Without the port, and without the brackets of an IPv6 address. */
function hostnameOf(host: string): string {
  if (!URL.canParse(`http://${host}/`)) return "";
  const { hostname, username, pathname } = new URL(`http://${host}/`);
  return username === "" && pathname === "/" ? hostname.replace(/^\[(.*)\]$/, "$1") : "";
}
