import { StoreError } from "../../ports/store_errors.ts";
import { removeFolder } from "./binaries.ts";
import type { Home } from "./home.ts";
import { isThere } from "./is_there.ts";
import type { ServerAccount } from "./server_account.ts";
import { runServerProgram } from "./server_program.ts";

/** The database user that Lockstep's own server has. */
export const DATABASE_USER = "lockstep";

/**
 * Settings that differ from PostgreSQL's own. What makes a commit safe (fsync, full_page_writes,
 * synchronous_commit) is left alone. Sockets are off because their paths may not pass 107 bytes.
 */
const SETTINGS = `
# Lockstep
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
password_encryption = 'scram-sha-256'
timezone = 'UTC'
log_timezone = 'UTC'
max_connections = 200
jit = off
# Bots write their state over and over: look for dead rows more often than every minute.
autovacuum_naptime = '10s'
`;

/** Makes the server's data folder unless it is there. Whole or not at all. */
export async function makeCluster(home: Home, account: ServerAccount | undefined): Promise<void> {
  if (await isThere(home.data)) return;
  const fresh = `${home.data}.new`;
  await removeFolder(fresh);
  await Deno.mkdir(fresh);
  await Deno.writeTextFile(home.password, randomPassword(), { mode: 0o600 });
  for (const path of [fresh, home.password]) {
    if (account) await Deno.chown(path, account.uid, account.gid);
  }
  await checkReach(home, account);
  await runServerProgram(`${home.binaries}/bin/initdb`, [
    `--pgdata=${fresh}`,
    `--username=${DATABASE_USER}`,
    `--pwfile=${home.password}`,
    "--auth=scram-sha-256",
    // The password is 192 random bits: stretching it would only make each connection slower.
    "--set=scram_iterations=1",
    "--encoding=UTF8",
    "--locale=C",
    "--no-instructions",
  ], account);
  await Deno.writeTextFile(`${fresh}/postgresql.conf`, SETTINGS, { append: true });
  await Deno.rename(fresh, home.data);
}

/** A folder above may be closed to the server's account, for which initdb would have odd words. */
async function checkReach(home: Home, account: ServerAccount | undefined): Promise<void> {
  if (!account) return;
  try {
    await runServerProgram(`${home.binaries}/bin/initdb`, ["--version"], account);
  } catch (cause) {
    throw new StoreError(
      `Cannot keep the database in ${home.folder}: as root, its server runs as uid ${account.uid}, ` +
        `which must be able to enter that folder and every folder above it. Set LOCKSTEP_HOME to ` +
        `another folder, or run as an ordinary user`,
      { folder: home.folder },
      { cause },
    );
  }
}

function randomPassword(): string {
  return crypto.getRandomValues(new Uint8Array(24)).toHex();
}
