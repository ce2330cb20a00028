/** Clocks and the time at which a stream began are right to this, in milliseconds. */
const MARGIN = 2_000;

/** What can be said of a stream that may have missed trades of which it has shown no hole. */
export class StreamDoubt {
  /** Whether the stream was cut, or could not be read, since it was last whole. */
  private isCut = false;
  /** The time of the exchange when the stream last began. */
  private began = -Infinity;
  /** The exchange was asked for what is missing since then. */
  wasAsked = false;

  constructor(private open: boolean) {}

  /** Whether trades may be missing of which nothing shows. */
  get isOpen(): boolean {
    return this.open;
  }

  /** When the stream last began, by the exchange's clock. */
  get begun(): number {
    return this.began;
  }

  begin(time: number): void {
    this.began = time;
  }

  /** Something was missed, or may have been; with nothing to count from, that is of no account. */
  raise(isOpen: boolean): void {
    this.open = isOpen;
    this.isCut = true;
    this.wasAsked = false;
  }

  /** The exchange has to be asked, though the stream itself was whole. */
  reopen(): void {
    this.open = true;
  }

  /** There is nothing by which to ask. */
  giveUp(): void {
    this.open = false;
  }

  /** Nothing is missing: whatever comes now comes through the stream. */
  settle(): void {
    this.open = this.isCut = this.wasAsked = false;
  }

  /** Whether what was traded behind this time may have happened while nobody heard. */
  covers(timestamp: number): boolean {
    return this.isCut || timestamp <= this.began + MARGIN;
  }
}
