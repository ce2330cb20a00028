import type { Cluster } from "../support/cluster.ts";

/** A process that holds the embedded server. */
export interface Holder {
  /** The server's address. */
  url: string;
  /** Lets it end by itself. */
  end(): Promise<void>;
  /** kill -9. */
  kill(): Promise<void>;
}

/** Starts a process that starts or shares the server of `cluster`; resolves when it has it. */
export async function startHolder({ options }: Cluster): Promise<Holder> {
  const script = new URL("hold_server.ts", import.meta.url).pathname;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", ...permissions(options.home), script, options.home, options.cluster],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const { value } = await reader.read();
  const finish = async () => {
    await child.status;
    await reader.cancel();
  };
  return {
    url: (value ?? "").trim(),
    end: async () => {
      await child.stdin.close();
      await finish();
    },
    kill: async () => {
      child.kill("SIGKILL");
      await finish();
      await child.stdin.close().catch(() => {});
    },
  };
}

/** The fewest permissions that the server needs; a set that is too small fails these tests. */
function permissions(home: string): string[] {
  const programs = ["initdb", "pg_ctl"].map((name) =>
    `${home}/postgres-18.4.0-beta.17/bin/${name}`
  );
  return [
    "--no-prompt",
    "--quiet",
    "--allow-read",
    `--allow-write=${home}`,
    `--allow-run=${programs}`,
    "--allow-net=127.0.0.1",
    "--allow-env=PG*",
    "--allow-sys=uid",
  ];
}
