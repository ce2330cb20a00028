import type { Address } from "../dashboard/listen.ts";
import { InputError } from "../market/errors.ts";
import { DASHBOARD } from "./dashboard_address.ts";
import { serveDashboard, type Shown } from "./open_dashboard.ts";
import { note } from "./output.ts";

/**
 * Shows what `live` does while it does it: at `wanted`, where a failure is told as an `InputError`; where
 * it usually is unless that is said, and then trading goes on without; nowhere with `false`.
 */
export async function liveDashboard(
  over: Shown,
  wanted: Address | false | undefined,
): Promise<{ close(): Promise<void> }> {
  if (wanted === false) return NOTHING;
  try {
    const dashboard = await serveDashboard(over, wanted ?? DASHBOARD);
    note(`Dashboard at ${dashboard.url}`);
    return dashboard;
  } catch (error) {
    if (wanted !== undefined || !(error instanceof InputError)) throw error;
    note(`${error.message}. Going on without it`);
    return NOTHING;
  }
}

const NOTHING = { close: () => Promise.resolve() };
