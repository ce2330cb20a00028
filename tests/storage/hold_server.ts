/**
 * A process that uses the embedded server: tells the server's address when it has one, and lets go
 * when its input ends. Arguments: the home folder, the cluster.
 */
import { startEmbedded } from "../../engine/storage/embedded/embedded.ts";

const [home, cluster] = Deno.args;
const server = await startEmbedded({ home, cluster });
await Deno.stdout.write(new TextEncoder().encode(`${server.url("postgres")}\n`));
await Deno.stdin.readable.pipeTo(new WritableStream());
await server.release();
