import { SERVES, startProcess } from "../../support/limited_process.ts";

/** Who sends signals to other processes. */
export interface Signals {
  send(pid: number, signal: "SIGKILL" | "SIGSTOP" | "SIGCONT"): Promise<void>;
  close(): Promise<void>;
}

const PROGRAM = new URL("signaller.ts", import.meta.url).pathname;

/** Starts who sends signals. */
export function openSignals(): Signals {
  const child = startProcess("deno", {
    args: ["run", "--quiet", "--no-prompt", "--no-lock", "--allow-run", PROGRAM],
    stdin: "piped",
    stdout: "null",
    stderr: "null",
    limit: SERVES,
  });
  const orders = child.stdin.getWriter();
  return {
    send: (pid, signal) => orders.write(new TextEncoder().encode(`${pid} ${signal}\n`)),
    close: async () => {
      await orders.close();
      await child.status;
    },
  };
}
