import { note, print } from "../../engine/cli/output.ts";
import { writeColumns } from "./columns.ts";
import { peerTable, type Timed } from "./peer_table.ts";
import { environment } from "./environment.ts";
import { synthYear } from "../../tests/support/synth.ts";

/**
 * `bench:peers`: the same work on the same candles by Lockstep and by its peers, one after the other and again, so that what else the
 * machine does is much the same for both; checks that they agree, and writes the table that the README shows.
 */
const HERE = new URL(".", import.meta.url).pathname,
  ROOT = new URL("../../", import.meta.url).pathname;

/** A thousand pairs of windows, those of the reference sweep: fast 5 to 54, slow 60 and on in steps of 5. */
const PAIRS = Array.from({ length: 50 }, (_, i) => 5 + i)
  .flatMap((fast) => Array.from({ length: 20 }, (_, j): [number, number] => [fast, 60 + 5 * j]));

const every = (step: number) => PAIRS.filter((_, i) => i % step === step >> 1);

interface Work {
  name: string;
  what: "single" | "sweep";
  sets: [number, number][];
  times: number;
  peers: readonly ("vectorbt" | "backtesting")[];
}

const WORK: readonly Work[] = [
  {
    name: "One run",
    what: "single",
    sets: [[20, 50]],
    times: 5,
    peers: ["vectorbt", "backtesting"],
  },
  { name: "100 sets", what: "sweep", sets: every(10), times: 1, peers: ["vectorbt"] },
  { name: "1,000 sets", what: "sweep", sets: PAIRS, times: 1, peers: ["vectorbt"] },
];

const small = Deno.args.includes("--small");
const python = await environment(HERE);
const folder = await Deno.makeTempDir({ prefix: "peers-" });
const found: { work: Work; ours: Timed; peers: Record<string, Timed> }[] = [];
try {
  await writeColumns(folder, synthYear());
  for (const work of small ? WORK.slice(0, 2) : WORK) {
    const { name, what, sets, times } = work, peers: Record<string, Timed> = {};
    const args = [folder, what, String(times)], input = JSON.stringify(sets);
    const deno = [
      "run",
      "-q",
      "--config",
      `${ROOT}deno.json`,
      "--lock",
      `${ROOT}deno.lock`,
      "--allow-read",
    ];
    const own = [...deno, "--allow-env", "--allow-sys", `${HERE}ours.ts`, ...args];
    const before = await timed("deno", own, input);
    for (const peer of work.peers) {
      note(`${name}: ${peer} …`);
      peers[peer] = await timed(python, [`${HERE}${peer}_peer.py`, ...args], input);
    }
    const after = await timed("deno", own, input);
    found.push({ work, ours: { ...after, took: [...before.took, ...after.took] }, peers });
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}
const table = peerTable(
  found.map(({ work: { name, sets }, ...timed }) => ({ name, sets, ...timed })),
);
print(table);
if (!small) await Deno.writeTextFile(`${HERE}RESULTS.md`, table);

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
