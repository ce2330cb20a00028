import type { Server } from "node:http";
import { InputError } from "../market/errors.ts";

/** Where the dashboard is to be. */
export interface Address {
  hostname: string;
  port: number;
  /** A port that is taken gives way to the next one that is free; so only where nobody asked for it. */
  orNext?: boolean;
}

/** How many ports are tried behind one that is taken. */
const FURTHER_PORTS = 20;

/**
 * Listens at the port, or with `orNext` at the next one that is free; returns it. Throws an `InputError`
 * if it cannot be had.
 */
export async function listen(
  server: Server,
  { hostname, port, orNext = false }: Address,
  log: (text: string) => void,
) {
  for (let tried = port;; tried++) {
    const trouble = await attempt(server, hostname, tried);
    if (trouble === undefined) {
      const given = server.address();
      return typeof given === "object" && given ? given.port : tried;
    }
    const isTaken = trouble.code === "EADDRINUSE", last = orNext ? port + FURTHER_PORTS : port;
    if (!isTaken || tried >= Math.min(last, 65_535)) {
      const why = isTaken
        ? "another program has that port. Name one that is free"
        : trouble.message;
      throw new InputError(`Cannot show the dashboard at ${hostname}:${tried}: ${why}`);
    }
    log(`Port ${tried} is taken; the dashboard tries ${tried + 1}`);
  }
}

function attempt(server: Server, hostname: string, port: number) {
  return new Promise<(Error & { code?: string }) | undefined>((resolve) => {
    server.once("error", resolve);
    server.listen(port, hostname, () => {
      server.off("error", resolve);
      resolve(undefined);
    });
  });
}
