/** The project's folder, with a slash at the end. */
export const ROOT = new URL("../../", import.meta.url);

/** Folders that hold nothing of ours. */
const LEFT_OUT = new Set([".git", "node_modules", ".deno", "archive", "coverage"]);

/** The paths of the files below `folder`, from the project's root, sorted. None if it is not there. */
export function filesIn(folder: string): string[] {
  const found: string[] = [];
  let entries: Deno.DirEntry[];
  try {
    entries = [...Deno.readDirSync(new URL(folder || ".", ROOT))];
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
  for (const { name, isDirectory } of entries) {
    if (LEFT_OUT.has(name)) continue;
    const path = folder ? `${folder}/${name}` : name;
    if (isDirectory) found.push(...filesIn(path));
    else found.push(path);
  }
  return found.sort();
}

/** The text of a file of the project. */
export function textOf(path: string): string {
  return Deno.readTextFileSync(new URL(path, ROOT));
}
