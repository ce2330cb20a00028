/** How long to wait before trying again. */
export interface Delays {
  /** About so long before the second try, in milliseconds; each wait is twice the one before. */
  first: number;
  most: number;
}

/**
 * The wait before try `attempt` (counted from 1): doubled each time, and half of it by chance, so that
 * those who lost the same exchange do not all come back at the same moment.
 */
export function backoff({ first, most }: Delays, attempt: number, random: () => number): number {
  const whole = Math.min(most, first * 2 ** Math.min(attempt - 1, 30));
  return whole * (0.5 + random() / 2);
}
