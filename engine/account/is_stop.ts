import type { FillReason, StopReason } from "./ledger.ts";

/** Whether what closed a position was a stop that lies behind the price. */
export function isStop(reason: FillReason | undefined): reason is StopReason {
  return reason === "stopLoss" || reason === "trailingStop" || reason === "breakEven";
}
