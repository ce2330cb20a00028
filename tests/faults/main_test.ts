import assert from "node:assert/strict";
import { startEmbedded } from "../../engine/storage/embedded/embedded.ts";
import { openConnection } from "../../engine/storage/postgres/connection.ts";
import { withCluster } from "../support/cluster.ts";
import { runProcess, startProcess } from "../support/limited_process.ts";

const ROOT = new URL("../../", import.meta.url).pathname;

/** How the command is run in a process of its own. */
function command(flags: string, database?: string) {
  const allowed = "read env write net run sys".split(" ").map((name) => `--allow-${name}`);
  const args = ["run", "-q", "--no-prompt", "--lock=deno.lock", "--frozen", ...allowed];
  return {
    args: [...args, "tests/faults/main.ts", ...flags.split(" ")],
    cwd: ROOT,
    env: { NO_COLOR: "1", ...(database && { DATABASE_URL: database }) },
  };
}

Deno.test("faults that are interrupted leave no database behind, and say that they stopped", () =>
  withCluster(async ({ options }) => {
    const { url, release } = await startEmbedded(options), server = url("postgres");
    const databases = async () => {
      const { sql, close } = openConnection(server, 1);
      const rows = await sql`select datname from pg_database where datname like 'lockstep_faults%'`;
      await close();
      return rows.length;
    };
    const piped = { stdin: "null", stdout: "piped", stderr: "piped" } as const;
    const child = startProcess("deno", {
      ...piped,
      ...command("--only feed --seed 0 --tape data/sample_tape.csv.gz --pace 400", server),
    });
    let said = "", seen = 0;
    for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) {
      if (!said.includes("10 % of") && (said + text).includes("10 % of the tape was served")) {
        seen = await databases();
        child.kill("SIGINT");
      }
      said += text;
    }
    await child.stdout.cancel();
    assert.deepEqual([(await child.status).code, seen, await databases()], [130, 1, 0], said);
    assert.match(said, /Stopping: what was set up is put away first\n[^]*Stopped\n$/);
    await release();
  }));

Deno.test("faults refuse what cannot be, in a line", async () => {
  const refused: [string, RegExp][] = [
    ["--tape nowhere.csv", /^There is no file nowhere\.csv \(looked in .*\)\n$/],
    ["--pace 0", /It must be a whole number of 1 or more/],
    ["--seed 1 --seeds 3", /^Give --seed or --seeds\n$/],
    ["--only store --no-backfill", /^--no-backfill is for the feed/],
    ["--only kill", /There are: feed, store, killAnywhere, tradeReceived, /],
    ["--only feed --control split", /^--control is for bots/],
    ["--pace 20", /^--pace is for --only feed and --only store\n$/],
  ];
  for (const [flags, message] of refused) {
    const { code, err } = await runProcess("deno", command(flags));
    assert.equal(code, 1, flags);
    assert.match(err, message);
  }
});
