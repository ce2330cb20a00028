/**
 * A process that uses the embedded server: tells the server's address when it has one, lets go when
 * its input ends, and kills itself when it reads anything. Arguments: the home folder, the cluster.
 */
import { startEmbedded } from "../../engine/storage/embedded/embedded.ts";

const [home, cluster] = Deno.args;
const server = await startEmbedded({ home, cluster });
await Deno.stdout.write(new TextEncoder().encode(`${server.url("postgres")}\n`));
for await (const _ of Deno.stdin.readable) Deno.kill(Deno.pid, "SIGKILL");
await server.release();
