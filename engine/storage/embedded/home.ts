/** Where Lockstep keeps its own database server. */
export interface Home {
  folder: string;
  /** The server's programs, one folder for each version. */
  binaries: string;
  /** The data of the server. */
  data: string;
  /** The server's messages since it was last started. */
  log: string;
  /** The password of the database user, readable by its owner only. */
  password: string;
  /** The port of the last start: kept, so that clients find a restarted server again. */
  port: string;
  /** Locked by whoever sets up, starts or stops the server. */
  lock: string;
}

/** The release of the npm package whose server is used; its data format is that of PostgreSQL 18. */
export const SERVER_VERSION = "18.4.0-beta.17";

/**
 * The folder that is used unless another is asked for. For root it is not the home folder: the server
 * refuses to run as root, and the account that it gets instead could not enter there.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(defaultHome({ uid: 0, home: "/root" }), "/var/lib/lockstep");
 * assert.equal(defaultHome({ uid: 1000, home: "/home/ann" }), "/home/ann/.local/share/lockstep");
 * ```
 */
export function defaultHome({ uid, home }: { uid: number | null; home: string }): string {
  return uid === 0 ? "/var/lib/lockstep" : `${home}/.local/share/lockstep`;
}

/**
 * The places inside a home folder. Several servers with data of their own may share its programs;
 * `cluster` is the name of one.
 */
export function homeAt(folder: string, cluster = "db"): Home {
  return {
    folder,
    binaries: `${folder}/postgres-${SERVER_VERSION}`,
    data: `${folder}/${cluster}`,
    log: `${folder}/${cluster}/server.log`,
    password: `${folder}/${cluster}.password`,
    port: `${folder}/${cluster}.port`,
    lock: `${folder}/lock`,
  };
}
