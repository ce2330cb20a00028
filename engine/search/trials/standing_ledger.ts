import type { TrialLedger } from "../../ports/trial_ledger.ts";

/** Opens a ledger. */
export type OpenLedger = () => Promise<TrialLedger>;

let standing: OpenLedger | undefined;

/** Has every search of this process that is given no ledger keep its trials there. */
export function keepTrialsIn(open: OpenLedger): void {
  standing = open;
}

/** What `keepTrialsIn` was told. */
export function standingLedger(): OpenLedger | undefined {
  return standing;
}
