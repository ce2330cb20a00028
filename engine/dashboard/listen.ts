import type { Server } from "node:http";
import { InputError } from "../market/errors.ts";

/** Where the dashboard is to be. */
export interface Address {
  hostname: string;
  port: number;
}

/** How many ports are tried behind one that is taken. */
const FURTHER_PORTS = 20;

/** Listens at the port or at the next one that is free; returns it. */
export async function listen(
  server: Server,
  { hostname, port }: Address,
  log: (text: string) => void,
) {
  for (let tried = port;; tried++) {
    const trouble = await attempt(server, hostname, tried);
    if (trouble === undefined) {
      const given = server.address();
      return typeof given === "object" && given ? given.port : tried;
    }
    if (trouble.code !== "EADDRINUSE" || tried >= port + FURTHER_PORTS || tried >= 65_535) {
      throw new InputError(`Cannot show the dashboard at ${hostname}:${tried}: ${trouble.message}`);
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
