/**
 * A process that waits for a byte, opens the store at the address that it is given, which makes or
 * updates its tables, and says how many steps they have.
 */
import { openStore } from "../../engine/storage/postgres/store.ts";

const [url] = Deno.args;
await Deno.stdin.read(new Uint8Array(1));
const store = await openStore(url);
const { migrations, detail } = await store.healthCheck();
await Deno.stdout.write(new TextEncoder().encode(`${migrations?.applied ?? detail}\n`));
await store.close();
