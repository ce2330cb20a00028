/** The account that the server runs as; `undefined` is the one that we run as. */
export interface ServerAccount {
  uid: number;
  gid: number;
}

/** PostgreSQL refuses to run as root. This account ("nobody") is on every Linux and owns nothing. */
const NOBODY: ServerAccount = { uid: 65534, gid: 65534 };

/** The account for the server, given who we are. */
export function serverAccount(uid: number | null): ServerAccount | undefined {
  return uid === 0 ? NOBODY : undefined;
}
