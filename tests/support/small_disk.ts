import { runProcess } from "./limited_process.ts";

/** A disk of a few megabytes in memory. */
export interface SmallDisk {
  /** Takes up all the room that is left, until `free` is called. */
  fill(): Promise<void>;
  free(): Promise<void>;
}

/** Whether a disk can be mounted: that takes root, the permission to run the programs, and a system that lets us. */
export function mayMount(): boolean {
  if (Deno.build.os !== "linux" || Deno.uid() !== 0) return false;
  const mayRun = (command: string) =>
    Deno.permissions.querySync({ name: "run", command }).state === "granted";
  if (!["mount", "umount", "cp"].every(mayRun)) return false;
  const folder = Deno.makeTempDirSync();
  try {
    const mount = { args: ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder] };
    if (!new Deno.Command("mount", mount).outputSync().success) return false;
    return new Deno.Command("umount", { args: [folder] }).outputSync().success;
  } finally {
    Deno.removeSync(folder);
  }
}

/** Runs `use` with a folder moved to a small disk; it is thrown away afterwards. */
export async function withSmallDisk(
  folder: string,
  size: string,
  use: (disk: SmallDisk) => Promise<void>,
): Promise<void> {
  const { uid, gid } = await Deno.stat(folder), aside = `${folder}.aside`;
  await Deno.rename(folder, aside);
  await Deno.mkdir(folder);
  try {
    await run(
      "mount",
      "-t",
      "tmpfs",
      "-o",
      `size=${size},uid=${uid},gid=${gid},mode=700`,
      "tmpfs",
      folder,
    );
    try {
      await run("cp", "-a", `${aside}/.`, folder);
      await use(diskAt(folder));
    } finally {
      await run("umount", "-l", folder);
    }
  } finally {
    await Deno.remove(aside, { recursive: true });
  }
}

function diskAt(folder: string): SmallDisk {
  const ballast = `${folder}/ballast`;
  return {
    fill: async () => {
      using file = await Deno.open(ballast, { write: true, create: true });
      // Most of it at once, and the rest by the page.
      for (const size of [1_048_576, 4_096]) {
        const piece = new Uint8Array(size);
        try {
          for (;;) await file.write(piece);
        } catch {
          // That was the last one of this size.
        }
      }
    },
    free: () => Deno.remove(ballast),
  };
}

async function run(program: string, ...args: string[]): Promise<void> {
  const { success, err } = await runProcess(program, { args });
  if (!success) throw new Error(`${program}: ${err}`);
}
