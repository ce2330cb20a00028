import { note, print } from "../../engine/cli/output.ts";
import { writeColumns } from "./columns.ts";
import { environment } from "./environment.ts";
import { type Compared, peerTable, type Timed } from "./peer_table.ts";
import { SMALL, type Work, WORKS } from "./works.ts";
import { synthYear } from "../../tests/support/synth.ts";

/**
 * `bench:peers`: the same work on the same candles by Lockstep and by its peers, one after the other and again, so that what else the
 * machine does is much the same for both; checks that they agree, and writes the table that docs/speed.md shows.
 */
const HERE = new URL(".", import.meta.url).pathname,
  ROOT = new URL("../../", import.meta.url).pathname;

const small = Deno.args.includes("--small");
const python = await environment(HERE);
const folder = await Deno.makeTempDir({ prefix: "peers-" });
const found: Compared[] = [];
try {
  await writeColumns(folder, synthYear());
  for (const work of small ? SMALL : WORKS) found.push(await compared(work));
} finally {
  await Deno.remove(folder, { recursive: true });
}
const table = peerTable(found);
print(table);
if (!small) await Deno.writeTextFile(`${HERE}RESULTS.md`, table);

async function compared(work: Work): Promise<Compared> {
  const { name, strategy, sets, times, workers = 1, rows = 525_600 } = work;
  const peers: Record<string, Timed> = {}, input = JSON.stringify(sets);
  const args = [folder, strategy, String(times)];
  const locks = ["--config", `${ROOT}deno.json`, "--lock", `${ROOT}deno.lock`];
  const allowed = ["--allow-read", "--allow-env", "--allow-sys"];
  const own = ["run", "-q", ...locks, ...allowed, `${HERE}ours.ts`, ...args];
  const ourTime = () => timed("deno", [...own, String(workers), String(rows)], input);
  note(`${name} …`);
  const before = await ourTime();
  for (const peer of work.peers) {
    note(`${name}: ${peer} …`);
    peers[peer] = await timed(python, [`${HERE}${peer}_peer.py`, ...args], input);
  }
  const after = work.peers.length > 0 ? await ourTime() : before;
  const ours = {
    ...after,
    took: [...before.took, ...after.took],
    waited: [...before.waited, ...after.waited],
  };
  return { name, ours, peers };
}

/** Runs a program that prints what it timed. */
async function timed(program: string, args: readonly string[], input: string): Promise<Timed> {
  const child = new Deno.Command(program, {
    args: [...args],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input));
  await writer.close();
  const { code, stdout } = await child.output();
  if (code !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${code}`);
  return JSON.parse(new TextDecoder().decode(stdout));
}
