import { homeAt } from "../../engine/storage/embedded/home.ts";
import type { Cluster } from "../support/cluster.ts";
import { inTime } from "../support/eventually.ts";
import { startProcess } from "../support/limited_process.ts";

/** A process that holds the embedded server. */
export interface Holder {
  /** The server's address. */
  url: string;
  /** Lets it end by itself. */
  end(): Promise<void>;
  /** Ends it at once, as kill -9 does; only a `mortal` one. */
  kill(): Promise<void>;
}

/**
 * Starts a process that starts or shares the server of `cluster`; resolves when it has it. A `mortal`
 * one has the permission to kill itself.
 */
export async function startHolder(
  { options }: Cluster,
  { mortal = false }: { mortal?: boolean } = {},
): Promise<Holder> {
  const script = new URL("hold_server.ts", import.meta.url).pathname;
  // Not Deno.execPath(): the tests may run what is called "deno", which can be a script around it.
  const child = startProcess("deno", {
    args: ["run", ...permissions(options.home, mortal), script, options.home, options.cluster],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  });
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const { value } = await inTime("the address of the server that is held", reader.read());
  const finish = async () => {
    await inTime("the end of who holds the server", child.status);
    await reader.cancel();
  };
  return {
    url: (value ?? "").trim(),
    end: async () => {
      await child.stdin.close();
      await finish();
    },
    kill: async () => {
      const writer = child.stdin.getWriter();
      await writer.write(new TextEncoder().encode("kill"));
      await finish();
      await writer.close().catch(() => {});
    },
  };
}

/** The fewest permissions that the server needs; a set that is too small fails these tests. */
function permissions(home: string, mortal: boolean): string[] {
  const programs = ["initdb", "pg_ctl"].map((name) => `${homeAt(home).binaries}/bin/${name}`);
  return [
    "--no-prompt",
    "--quiet",
    "--allow-read",
    `--allow-write=${home}`,
    mortal ? "--allow-run" : `--allow-run=${programs}`,
    "--allow-net=127.0.0.1",
    "--allow-env=PG*",
    "--allow-sys=uid",
  ];
}
