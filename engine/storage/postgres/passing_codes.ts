import { UNREACHABLE } from "../../ports/unreachable_codes.ts";

/**
 * Why the server cannot be reached, by the codes of the operating system and the driver, and by
 * those of PostgreSQL that say that it takes nobody now.
 */
const AWAY: Readonly<Record<string, string>> = {
  ...UNREACHABLE,
  CONNECT_TIMEOUT: "it does not answer",
  CONNECTION_CLOSED: "it closed the connection",
  CONNECTION_DESTROYED: "the connection was closed",
  "08000": "the connection was lost",
  "08001": "it does not answer",
  "08003": "the connection was lost",
  "08004": "it takes no connections now",
  "08006": "the connection was lost",
  "08007": "the connection was lost",
  "53300": "it has too many connections already",
  "57P01": "it is shutting down",
  "57P02": "it crashed and starts again",
  "57P03": "it is starting or shutting down",
  "57P05": "it closed the connection",
};

/** What keeps a server that answers from doing something now, by PostgreSQL's codes. */
const BUSY: Readonly<Record<string, string>> = {
  "25006": "the database can only be read now",
  "25P03": "it took too long",
  "25P04": "it took too long",
  "40001": "others write the same at this moment",
  "40P01": "others write the same at this moment",
  "53000": "the database has too little of something",
  "53100": "the database's disk is full",
  "53200": "the database has too little memory",
  "53400": "the database has reached a limit of its settings",
  "55P03": "somebody else holds a lock on it",
  "57014": "it took too long",
  "58000": "the database's machine is in trouble",
  "58030": "the database's disk is in trouble",
};

/** Why something cannot be done now though it could be later; nothing if trying again is no help. */
export function passingReason(code: string | undefined): { away?: string; busy?: string } {
  if (code === undefined) return {};
  return { away: AWAY[code], busy: BUSY[code] };
}
