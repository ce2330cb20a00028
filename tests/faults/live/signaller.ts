/**
 * Sends signals to processes: `PID SIGNAL` on each line of its input. It is one of its own, as it takes the
 * permission to run anything, which those who need it do not have.
 */
let rest = "";
for await (const text of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
  const lines = (rest + text).split("\n");
  rest = lines.pop()!;
  for (const line of lines) {
    const [pid, signal] = line.split(" ");
    try {
      Deno.kill(Number(pid), signal as Deno.Signal);
    } catch {
      // It has ended by itself.
    }
  }
}
