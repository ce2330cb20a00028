import { connect, createServer, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import { eventually } from "./eventually.ts";

/** A way to a server that can be broken, as a network or the end of the server does it. */
export interface BreakableWay {
  /** The server's address by this way. */
  url: string;
  /** Keeps to itself from now on what the server answers. */
  holdAnswers(): void;
  /** Resolves when there is such an answer. */
  holding(): Promise<void>;
  /** Passes on again what comes from now on: what was held is gone. */
  passAnswers(): void;
  /** Breaks all connections off, without a word; those that come later stand, and are answered. */
  breakOff(): void;
}

/** Runs `test` with another way to the server at `url`. */
export async function withBreakableWay(
  url: string,
  test: (way: BreakableWay) => Promise<void>,
): Promise<void> {
  const { hostname, port } = new URL(url), ends = new Set<Socket>();
  let holds = false, held = 0;
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    near.on("data", (bytes) => far.write(bytes));
    far.on("data", (bytes) => holds ? held++ : near.write(bytes));
    for (const [one, other] of [[near, far], [far, near]]) {
      // It ends anyway, which is what is waited for.
      one.on("error", () => {});
      one.on("close", () => other.destroy());
    }
    ends.add(near.once("close", () => ends.delete(near)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const way = new URL(url);
  way.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const passAnswers = () => void (holds = false);
  const breakOff = () => {
    passAnswers();
    for (const end of ends) end.resetAndDestroy();
  };
  const holdAnswers = () => void ([holds, held] = [true, 0]);
  const holding = () => eventually("an answer is held", () => held > 0);
  try {
    await test({ url: way.href, holdAnswers, holding, passAnswers, breakOff });
  } finally {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const end of ends) end.destroy();
    await closed;
  }
}
