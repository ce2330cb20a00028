/** What is watched. */
interface Progressing {
  readonly progress: number;
}

/** So often in a row a bot may be found where it was, while candles wait for it. */
export const MOST_LOOKS = 30;

/**
 * Finds out that something does not get on although there is work for it. It counts looks and not time: a
 * process that was frozen, or whose database was away, has not looked.
 */
export class StallWatch {
  private seen: { what: Progressing; progress: number; looks: number } | undefined;

  /** Looks once more; whether it has stalled. */
  look(what: Progressing, hasWork: boolean): boolean {
    const { seen } = this, { progress } = what;
    if (!hasWork || seen?.what !== what || seen.progress !== progress) {
      this.seen = { what, progress, looks: 0 };
      return false;
    }
    return ++seen.looks >= MOST_LOOKS;
  }

  forget(): void {
    this.seen = undefined;
  }
}
