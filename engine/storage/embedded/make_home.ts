import { StoreError } from "../../ports/store_errors.ts";
import { serverAccount } from "./server_account.ts";

/**
 * Makes the home folder unless it is there. One that is there stays as it is: it may be anybody's, and
 * hold anything. Throws a `StoreError` if it cannot be made.
 */
export async function makeHome(folder: string): Promise<void> {
  try {
    if (await Deno.stat(folder).then((found) => found.isDirectory, () => false)) return;
    await Deno.mkdir(folder, { recursive: true });
    // For root, the server's account must get through; for a user, nobody else needs to.
    await Deno.chmod(folder, serverAccount(Deno.uid()) ? 0o755 : 0o700);
  } catch (cause) {
    throw new StoreError(
      `Cannot keep the database in ${folder}: ${(cause as Error).message}. ` +
        `Set LOCKSTEP_HOME to a folder of yours`,
      { folder },
      { cause },
    );
  }
}
