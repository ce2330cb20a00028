import { syntheticTape } from "../../../data/synthetic_tape.ts";
import { writeTape } from "../../../data/write_tape.ts";
import { systemClock } from "../../../engine/live/system_clock.ts";
import { databaseUrl, openConnection } from "../../../engine/storage/postgres/connection.ts";
import { createDatabase, dropDatabase } from "../../../engine/storage/postgres/databases.ts";
import { parityConfigs } from "../../laws/parity_configs.ts";
import { inTempFolder } from "../../support/temp_folder.ts";
import { startProcess } from "../../support/limited_process.ts";

/** What a process holds at a moment: memory in bytes, open files and sockets. */
export interface Held {
  rss: number;
  heap: number;
  descriptors: number;
}

/** What a process that replayed a day has found. */
export interface DayFound {
  trades: number;
  /** Candles that bots decided, decisions that were committed, purchases and sales. */
  candles: number;
  decisions: number;
  fills: number;
  /** Now and then, while it ran. */
  held: Held[];
  /** When all was over, and before the process ended. */
  end: Held;
}

/** What came of a day. */
export interface DayRun extends DayFound {
  hours: number;
  bots: number;
  seconds: number;
  /** How often all of its connections to the database were cut. */
  cuts: number;
  /** The most connections that it had at once, and those that were left when it had ended. */
  connections: { most: number; left: number };
  /** Whether it ended by itself: no timer and no socket was left. */
  hasEnded: boolean;
}

const ROOT = new URL("../../../", import.meta.url).pathname;
const PROGRAM = new URL("day_process.ts", import.meta.url).pathname;

const FROM = Date.UTC(2024, 5, 10), HOUR = 3_600_000;

/** So often are all connections to the database cut, in milliseconds; and so long may an end take. */
const CUT = 10_000, LONGEST_END = 10_000;

/** No hour of the market takes so long to replay, nor a start, in milliseconds. */
const LONGEST_HOUR = 600_000;

/** Has one process trade every strategy on hours of a made market at full speed, its database cut now and then. */
export async function dayRun(hours: number, server: string): Promise<DayRun> {
  const name = `lockstep_faults_${crypto.randomUUID().replaceAll("-", "").slice(0, 12)}`;
  await createDatabase(server, name, { throwaway: true });
  const url = databaseUrl(server, name);
  try {
    return await inTempFolder((folder) => replayed(hours, url, folder));
  } finally {
    await dropDatabase(server, name);
  }
}

async function replayed(hours: number, url: string, folder: string): Promise<DayRun> {
  const begun = performance.now(), tape = `${folder}/tape.csv.gz`, file = `${folder}/found.json`;
  await writeTape(
    tape,
    syntheticTape({ seed: 1, from: FROM, to: FROM + hours * HOUR, price: 62_400 }),
  );
  const configs = await parityConfigs([{ exchange: "synthetic", symbol: "BTC/USDT" }]);
  const paths = configs.map(({ name }) => `${folder}/${name}.json`);
  await Promise.all(
    configs.map((config, i) => Deno.writeTextFile(paths[i], JSON.stringify(config))),
  );
  // Only who may do all may look at its own open files.
  const args = [
    "run",
    "--quiet",
    "--no-prompt",
    "--lock=deno.lock",
    "--frozen",
    "--allow-all",
    PROGRAM,
  ];
  const child = startProcess("deno", {
    args: [...args, file, ...paths, "--replay", tape, "--keep", "--exit"],
    cwd: ROOT,
    env: { NO_COLOR: "1", DATABASE_URL: url },
    stdout: "null",
    stderr: "piped",
    limit: (1 + hours) * LONGEST_HOUR,
  });
  const said = new Response(child.stderr).text(), over = new AbortController();
  const ended = child.status.finally(() => over.abort());
  const { cuts, most } = await cutting(url, over.signal, file);
  const isOver = await Promise.race([
    ended.then(() => true),
    systemClock.sleep(LONGEST_END).then(() => false),
  ]);
  if (!isOver) child.kill("SIGKILL");
  const { code } = await ended, seconds = (performance.now() - begun) / 1_000;
  if (isOver && code !== 0) throw new Error(`It ended with ${code}: ${await said}`);
  const found: DayFound = JSON.parse(await Deno.readTextFile(file));
  const left = await connectionsOf(url);
  const more = { cuts, connections: { most, left }, hasEnded: isOver, seconds };
  return { ...found, hours, bots: configs.length, ...more };
}

/** Cuts all connections to the database now and then, until what was found is written or the process has ended. */
async function cutting(
  url: string,
  over: AbortSignal,
  file: string,
): Promise<{ cuts: number; most: number }> {
  let cuts = 0, most = 0, last = performance.now();
  const isWritten = () => Deno.stat(file).then(() => true, () => false);
  while (!over.aborted && !await isWritten()) {
    await systemClock.sleep(500, over);
    most = Math.max(most, await connectionsOf(url));
    if (performance.now() - last < CUT) continue;
    last = performance.now();
    const { sql, close } = openConnection(url, 1);
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`;
    await close();
    cuts++;
  }
  return { cuts, most };
}

/** How many others are connected to the database at `url`. */
async function connectionsOf(url: string): Promise<number> {
  const { sql, close } = openConnection(url, 1);
  const [{ count }] = await sql<{ count: number }[]>`
    select count(*)::integer as count from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`;
  await close();
  return count;
}
