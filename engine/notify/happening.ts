/** How grave something is, the gravest first. */
export const LEVELS = ["alarm", "warning", "info"] as const;
export type Level = typeof LEVELS[number];

/** What people are told of, and how grave it is. */
export const KINDS = {
  quarantined: "alarm",
  diverged: "alarm",
  databaseAway: "alarm",
  databaseBack: "alarm",
  dataStale: "alarm",
  dataFresh: "alarm",
  crashed: "warning",
  status: "info",
  tradeClosed: "info",
} as const satisfies Readonly<Record<string, Level>>;
export type Kind = keyof typeof KINDS;

/** Something that people are told of. */
export interface Happening {
  kind: Kind;
  /** The bot that it is about, if it is about one. */
  bot?: string;
  /** One line, for people. */
  text: string;
}

/** Several happenings that are told at once, and how many more there were. */
export interface Message {
  happenings: readonly Happening[];
  /** Happenings that are told nowhere: there were too many, or the receiver took none. */
  leftOut: number;
}

/** Whether somebody who wants `least` and what is graver is told of this kind. */
export function isTold(kind: Kind, least: Level): boolean {
  return LEVELS.indexOf(KINDS[kind]) <= LEVELS.indexOf(least);
}
