import { textOf } from "./project_files.ts";

/** The tasks of deno.json: their commands, by name. */
export function tasks(): Record<string, string> {
  const { tasks }: { tasks: Record<string, { command: string }> } = JSON.parse(textOf("deno.json"));
  return Object.fromEntries(Object.entries(tasks).map(([name, { command }]) => [name, command]));
}
