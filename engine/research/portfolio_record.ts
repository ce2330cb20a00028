import type { ClosedTrade, Fill, OpenTrade, Refusal, Signal } from "../account/ledger.ts";
import type { AccountReport } from "../account/report.ts";
import type { AccountSettings } from "../account/settings.ts";
import type { Candles } from "../market/candles.ts";
import type { Timeframe } from "../market/timeframe.ts";
import type { Named, PortfolioSpec } from "../run/portfolio_run.ts";
import type { Columns, Table } from "./table.ts";

/** What there is of a portfolio's run, for what is said and measured of it. */
export interface PortfolioRecord {
  readonly spec: PortfolioSpec;
  readonly account: AccountSettings;
  readonly instruments: readonly string[];
  readonly timeframe: Timeframe;
  /** All candles of each instrument. */
  readonly seen: Readonly<Record<string, Candles>>;
  readonly equity: Columns<"time" | "equity" | "cash" | "drawdown">;
  readonly values: Columns<string>;
  readonly profits: Columns<string>;
  readonly positions: Columns<string>;
  readonly signals: Table<Signal & Named>;
  readonly refusals: Table<Refusal & Named>;
  readonly fills: Table<Fill & Named>;
  readonly trades: Table<ClosedTrade & Named>;
  readonly open: Table<OpenTrade & Named>;
  readonly reports: Readonly<Record<string, AccountReport>>;
  /** The candles on which the account of an instrument acted. */
  acted(instrument: string): Candles;
}
