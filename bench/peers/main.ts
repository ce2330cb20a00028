import { note, print } from "../../engine/cli/output.ts";
import { writeColumns } from "./columns.ts";
import { environment, run } from "./environment.ts";
import { measuredOn } from "./measured_on.ts";
import { type Compared, peerTable, type Timed } from "./peer_table.ts";
import { README_END, README_START, readmeTable } from "./readme_table.ts";
import { agreed, traded } from "./same_fills.ts";
import { twoProcessors } from "./two_processors.ts";
import { SMALL, type Work, WORKS } from "./works.ts";
import { synthYear } from "../../tests/support/synth.ts";

/**
 * `bench:peers`: the same work on the same candles by Lockstep and by its peers, one after the other and again, so that what else the
 * machine does is much the same for both; checks that they agree, and writes the tables of RESULTS.md and the README.
 */
const HERE = new URL(".", import.meta.url).pathname,
  ROOT = new URL("../../", import.meta.url).pathname;

const small = Deno.args.includes("--small");
const python = await environment(HERE);
const folder = await Deno.makeTempDir({ prefix: "peers-" });
const candles = synthYear(), found: Compared[] = [];
let agreement: string;
try {
  await writeColumns(folder, candles);
  for (const work of small ? SMALL : WORKS) found.push(await compared(work));
  // Last, for a program's peak memory is never below that of the one that started it.
  agreement = await sameFills();
  note(agreement);
} finally {
  await Deno.remove(folder, { recursive: true });
}
const when = await measuredOn(), table = peerTable(found);
print(table);
if (!small) {
  note("Two processors …");
  const both = await twoProcessors(candles);
  print(both);
  await Deno.writeTextFile(`${HERE}RESULTS.md`, `${when}\n\n${agreement}\n\n${table}\n${both}\n`);
  await writeReadme(`${readmeTable(found)}\n_${when}_\n`);
  await run("deno", ["fmt", "-q", `${HERE}RESULTS.md`, `${ROOT}README.md`]);
}

/** vectorbt's numbers of the fills of our backtests, held to ours. */
async function sameFills(): Promise<string> {
  const ours = await traded(candles);
  const args = [`${HERE}vectorbt_same_fills.py`, folder];
  return agreed("vectorbt", ours, await answered(python, args, JSON.stringify(ours)));
}

async function writeReadme(text: string): Promise<void> {
  const path = `${ROOT}README.md`, readme = await Deno.readTextFile(path);
  const from = readme.indexOf(README_START) + README_START.length, to = readme.indexOf(README_END);
  if (to < from) throw new Error(`${path} has no ${README_START} … ${README_END}`);
  await Deno.writeTextFile(path, `${readme.slice(0, from)}\n\n${text}\n${readme.slice(to)}`);
}

async function compared(work: Work): Promise<Compared> {
  const { name, strategy, sets, times, workers = 1, rows = 525_600 } = work;
  const peers: Record<string, Timed> = {}, input = JSON.stringify(sets);
  const args = [folder, strategy, String(times)];
  const locks = ["--config", `${ROOT}deno.json`, "--lock", `${ROOT}deno.lock`];
  const allowed = ["--allow-read", "--allow-env", "--allow-sys"];
  const own = ["run", "-q", ...locks, ...allowed, `${HERE}ours.ts`, ...args];
  const ourTime = (): Promise<Timed> =>
    answered("deno", [...own, String(workers), String(rows)], input);
  note(`${name} …`);
  const before = await ourTime();
  for (const peer of work.peers) {
    note(`${name}: ${peer} …`);
    peers[peer] = await answered(python, [`${HERE}${peer}_peer.py`, ...args], input);
  }
  const after = work.peers.length > 0 ? await ourTime() : before;
  const ours = {
    ...after,
    took: [...before.took, ...after.took],
    waited: [...before.waited, ...after.waited],
  };
  return { name, ours, peers };
}

/** What a program prints, as JSON, of what it reads. */
async function answered<T>(program: string, args: readonly string[], input: string): Promise<T> {
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
