import { gunzipSync } from "node:zlib";
import { readTarGz } from "../support/tar.ts";
import { sharedPath } from "../support/shared.ts";

const archives = new Map<string, Map<string, string>>();

/** The text of a file in one of the archives of published results. */
export function published(archive: string, file: string): string {
  const files = archives.get(archive) ?? readTarGz(sharedPath(`reference/${archive}.tar.gz`));
  archives.set(archive, files);
  const text = files.get(file);
  if (text === undefined) throw new Error(`${archive} holds no ${file}`);
  return text;
}

/** The text of a gzipped file among the published results. */
export function publishedText(file: string): string {
  return new TextDecoder().decode(gunzipSync(Deno.readFileSync(sharedPath(`reference/${file}`))));
}

/** The rows of a CSV without quoted commas, by column name. */
export function csvRows(text: string): Record<string, string>[] {
  const [header, ...lines] = text.trim().split(/\r?\n/).map((line) => line.split(","));
  return lines.map((cells) => Object.fromEntries(header.map((name, i) => [name, cells[i]])));
}

/** A cell as a number; an empty one is unknown. */
export function cellNumber(cell: string): number {
  return cell === "" ? NaN : Number(cell);
}
