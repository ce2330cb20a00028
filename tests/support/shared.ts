/**
 * Data and published results that are not part of the project. Tests that need them are reported as
 * skipped, by name, on a machine that does not have them.
 */
const SHARED = new URL("../../../shared/", import.meta.url);

const present = exists(SHARED);

function exists(url: URL): boolean {
  try {
    return Deno.statSync(url).isDirectory;
  } catch {
    return false;
  }
}

/** The path of a file in the shared folder, such as `data/si_default.csv.gz`. */
export function sharedPath(file: string): string {
  return decodeURIComponent(new URL(file, SHARED).pathname);
}

/** A test that reads the shared folder. */
export function sharedTest(
  name: string,
  test: (t: Deno.TestContext) => void | Promise<void>,
): void {
  Deno.test({ name, ignore: !present, fn: test });
}
