/** One sentence of when and on what it was measured, with whose versions. */
export async function measuredOn(): Promise<string> {
  const date = new Date().toISOString().slice(0, 10), { hardwareConcurrency } = navigator;
  const about = await Deno.readTextFile("/proc/cpuinfo").catch(() => "");
  const model = about.match(/^model name\s*:\s*(.+)$/m)?.[1] ?? "an unknown processor";
  const required = await Deno.readTextFile(new URL("requirements.txt", import.meta.url));
  const versions = required.trim().replaceAll("==", " ").split("\n").join(", ");
  return `Measured on ${date} on ${hardwareConcurrency} processors of ${model}: Deno ${Deno.version.deno}, ${versions}.`;
}
