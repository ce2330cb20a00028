import { InvalidArgumentError } from "commander";
import type { Address } from "../dashboard/listen.ts";

/**
 * Where the dashboard is unless somebody says otherwise: reached from this machine only, and at the next
 * port that is free if that is taken.
 */
export const DASHBOARD: Address = { hostname: "127.0.0.1", port: 8000, orNext: true };

/** Reads `HOST:PORT`, `:PORT` or `HOST`; `[::1]:8000` for IPv6. */
export function dashboardAddress(text: string): Address {
  const [, bracketed, plain, port = `${DASHBOARD.port}`] =
    /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]\s/]*))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const hostname = bracketed ?? plain;
  if (text === "" || hostname === undefined || Number(port) > 65_535) {
    throw new InvalidArgumentError("It must be HOST:PORT, such as 127.0.0.1:8000.");
  }
  return { hostname: hostname || DASHBOARD.hostname, port: Number(port) };
}
