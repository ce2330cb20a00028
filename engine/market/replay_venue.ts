/** What a venue is called of which a tape is replayed: its name and the beginning of the tape's hash. */
export function replayVenue(exchange: string, fingerprint: string): string {
  return `${exchange}@${fingerprint.slice(0, 8)}`;
}

/** The venue that a tape was recorded on; of any other one its own name. */
export function recordedVenue(exchange: string): string {
  return exchange.split("@")[0];
}

/** Whether a venue is a tape's, where time is the tape's and nothing happens once it has ended. */
export function isReplayVenue(exchange: string): boolean {
  return exchange.includes("@");
}
