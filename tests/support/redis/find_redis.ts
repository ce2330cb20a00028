/**
 * Finds a Redis server for the tests: that of the PATH, or one unpacked from the system's packages into
 * a temp folder, where the next test finds it. That needs neither root nor a system that has Redis
 * installed, but apt, dpkg and, once, a network.
 */
import { runProcess } from "../limited_process.ts";

/** A Redis server that can be run. */
export interface RedisProgram {
  path: string;
  /** The folder of the libraries that it needs and the system may not have. */
  libraries?: string;
}

/** What is unpacked: the server, which is in the tools, and its libraries. */
const PACKAGES = ["redis-server", "redis-tools", "liblzf1", "libjemalloc2", "libatomic1"];

/** A Redis server, unpacked first if need be. Nothing if there is no way to get one. */
export async function findRedis(): Promise<RedisProgram | undefined> {
  const system = { path: "redis-server" }, folder = cacheFolder();
  if (await works(system)) return system;
  const cached = await unpackedIn(folder);
  if (cached) return cached;
  try {
    await unpackInto(folder);
  } catch {
    return undefined;
  }
  return await unpackedIn(folder);
}

/** Of this user alone, since what is there is run. */
function cacheFolder(): string {
  return `${Deno.env.get("TMPDIR") ?? "/tmp"}/lockstep-tests-redis-${Deno.uid()}`;
}

async function unpackedIn(folder: string): Promise<RedisProgram | undefined> {
  const usr = `${folder}/usr`;
  try {
    const { uid, mode } = await Deno.lstat(folder);
    if (uid !== Deno.uid() || (mode! & 0o077) !== 0) return undefined;
    const [library] = [...Deno.readDirSync(`${usr}/lib`)].filter(({ name }) =>
      /-linux-/.test(name)
    );
    const found = { path: `${usr}/bin/redis-server`, libraries: `${usr}/lib/${library.name}` };
    return await works(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

/** Whole or not at all. */
async function unpackInto(folder: string): Promise<void> {
  // Beside it, so that it can be moved there.
  const fresh = await Deno.makeTempDir({ prefix: "lockstep-tests-redis-" });
  try {
    await download(fresh);
    for (const { name } of [...Deno.readDirSync(fresh)]) {
      if (name.endsWith(".deb")) await run("dpkg", ["-x", name, "root"], fresh);
    }
    await Deno.chmod(`${fresh}/root`, 0o700);
    // Somebody else may have been faster.
    await Deno.rename(`${fresh}/root`, folder).catch(() => {});
  } finally {
    await Deno.remove(fresh, { recursive: true });
  }
}

/** Has apt fetch the packages with lists and caches of its own, so that it writes nothing elsewhere. */
async function download(folder: string): Promise<void> {
  for (const name of ["lists/partial", "archives/partial"]) {
    await Deno.mkdir(`${folder}/${name}`, { recursive: true });
  }
  const options = [
    "-qq",
    `-oDir::State=${folder}`,
    `-oDir::Cache=${folder}`,
    "-oDir::State::status=/var/lib/dpkg/status",
    "-oDebug::NoLocking=true",
    // Where there is no way to a mirror, not minutes are to be spent on it.
    ...["http", "https"].map((scheme) => `-oAcquire::${scheme}::Timeout=10`),
    "-oAcquire::Retries=0",
    ...(Deno.uid() === 0 ? ["-oAPT::Sandbox::User=root"] : []),
  ];
  await run("apt-get", [...options, "update"], folder);
  await run("apt-get", [...options, "download", ...PACKAGES], folder);
}

async function run(program: string, args: string[], cwd: string): Promise<void> {
  const { success } = await runProcess(program, { args, cwd });
  if (!success) throw new Error(`${program} ${args.at(-1)} failed`);
}

async function works({ path, libraries }: RedisProgram): Promise<boolean> {
  const env = libraryPath({ path, libraries });
  try {
    return (await runProcess(path, { args: ["--version"], env })).success;
  } catch {
    return false;
  }
}

/** The environment in which the server finds its libraries. */
export function libraryPath({ libraries }: RedisProgram): Record<string, string> {
  return libraries === undefined ? {} : { LD_LIBRARY_PATH: libraries };
}

if (import.meta.main) Deno.exit(await findRedis() ? 0 : 1);
