// Records searches until it is killed, or as many as it is told to, and prints a line for each that is there.
import { sqliteLedger } from "../../../engine/storage/trials/sqlite_ledger.ts";
import { marks, numbers, tried } from "./made_sets.ts";

const [path, first, count] = Deno.args, ledger = sqliteLedger(path);
for (let i = 0; i < Number(count); i++) {
  const from = 1_000 * (Number(first) + i);
  await ledger.record(marks(0, 100), [tried(0, 100, numbers(from, from + 1_000))]);
  await Deno.stdout.write(new TextEncoder().encode(`${i}\n`));
}
