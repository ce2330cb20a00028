import { cpus } from "node:os";

/** One sentence of when and on what it was measured, with whose versions. */
export async function measuredOn(): Promise<string> {
  const date = new Date().toISOString().slice(0, 10), processors = cpus();
  const model = processors[0]?.model ?? "an unknown kind";
  const required = await Deno.readTextFile(new URL("requirements.txt", import.meta.url));
  const versions = required.trim().replaceAll("==", " ").split("\n").join(", ");
  return `Measured on ${date} on ${processors.length} processors of ${model}: Deno ${Deno.version.deno}, ${versions}.`;
}
