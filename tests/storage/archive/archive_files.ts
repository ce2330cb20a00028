/** Every file below a folder with its content, to hold two archives against each other. */
export function archiveFiles(folder: string): Map<string, string> {
  const found = new Map<string, string>();
  const look = (path: string) => {
    for (const { name, isDirectory } of Deno.readDirSync(`${folder}${path}`)) {
      const inner = `${path}/${name}`;
      if (isDirectory) look(inner);
      else found.set(inner, Deno.readFileSync(`${folder}${inner}`).toBase64());
    }
  };
  look("");
  return new Map([...found].sort(([a], [b]) => a < b ? -1 : 1));
}
