import type { ClosedTrade } from "../../engine/account/ledger.ts";
import {
  type AccountSettings,
  type AllSettings,
  allSettings,
} from "../../engine/account/settings.ts";
import type { Stops } from "../../engine/account/stop_rules.ts";
import { asWritten } from "../support/as_written.ts";
import type { Order, Waiting } from "./naive_order.ts";
import type { Position } from "./naive_position.ts";
import type { NaiveResult } from "./naive_result.ts";
import type { Distance, NaiveRow } from "./naive_row.ts";

/** What an account is worth, has put apart and may spend: whatever happened to it comes together here. */
export abstract class NaiveWorth implements NaiveResult {
  equity: number[] = [];
  cash: number[] = [];
  position: number[] = [];
  actions: NaiveResult["actions"] = [];
  trades: ClosedTrade[] = [];
  cancelled = 0;
  ambiguous = 0;
  refused = 0;
  forbidden = 0;
  expired = 0;
  liquidated = 0;
  ended = false;
  protected worth: number;
  protected readonly settings: AllSettings;
  protected paused = false;
  /** Whether what is held is to be closed at the next close. */
  protected sells = false;
  protected volume = 0;
  protected lastClose = NaN;
  /** Whether the entry that is being made was waiting at its price. */
  protected byLimit = false;
  /** The limit of an entry that takes what is offered. */
  protected atMost: number | undefined;
  protected limits = false;
  protected rises = false;
  protected order: Order | undefined;
  protected peak: number;
  protected lastWorth: number;
  protected day = NaN;
  protected dayBegan: number;
  protected dayEntries = 0;
  protected dayIsLost = false;
  protected halted = false;
  protected blocked = 0;
  protected lossesInRow = 0;
  protected held: Position | undefined;
  protected waiting: Waiting | undefined;

  constructor(given: AccountSettings, protected readonly stops: Stops) {
    this.settings = allSettings(given);
    this.worth =
      this.peak =
      this.lastWorth =
      this.dayBegan =
        given.balance;
  }

  /** What the account is worth with the position at a price. */
  protected worthAt(price: number): number {
    if (!this.held) return this.worth;
    const { side, units, price: paid } = this.held;
    return this.wallet + units * (side === "long" ? price - paid : paid - price);
  }

  /** What the account would be worth with its position closed at the prices it was entered at. */
  protected get wallet(): number {
    if (!this.held) return this.worth;
    const { fee, worthBefore, realised, funding } = this.held;
    return worthBefore - fee + realised - funding;
  }

  /** What of the worth is neither in a position nor put apart for it. */
  protected get free(): number {
    return this.wallet - (this.held?.margin ?? 0);
  }

  /**
   * What may be spent on an entry at a price: without margins all that the position is not worth by now, so
   * that no position is larger than the account.
   */
  protected spendable(quoted: number): number {
    if (this.settings.maintenanceMargin !== undefined) return this.free;
    return this.worthAt(quoted) - (this.held?.units ?? 0) * quoted;
  }

  /** Where margin and gain are the maintenance margin: NaN without one. */
  protected liquidationOf({ side, units, price, margin }: Position): number {
    const { maintenanceMargin = NaN } = this.settings, part = margin / (units * price);
    const level = side === "long"
      ? price * (1 - part) / (1 - maintenanceMargin)
      : price * (1 + part) / (1 + maintenanceMargin);
    return level > 0 ? level : NaN;
  }

  /** What the free cash cannot pay, the margin does. */
  protected drawOnMargin(held: Position): void {
    if (this.settings.maintenanceMargin !== undefined) held.margin += Math.min(0, this.free);
  }

  /** Every level at which a loss is taken; of equal ones the exchange comes first. */
  protected lossesOf(held: Position): Position["levels"] {
    const price = this.liquidationOf(held);
    const taken = Number.isNaN(price) ? [] : [{ price, why: "liquidation" as const }];
    return [...taken, ...held.levels];
  }

  /** A level above or below a price, if that stop is given and known at a row. */
  protected levelOf(
    price: number,
    above: boolean,
    name: Distance,
    { distances = {} }: NaiveRow,
  ): number | undefined {
    const fraction = this.stops[name], sign = above ? 1 : -1, distance = distances[name] ?? NaN;
    const level = fraction === undefined ? price + sign * distance : price * (1 + sign * fraction);
    if (fraction === undefined && !(distance > 0)) return undefined;
    return name === "breakEven" ? asWritten(level) : this.onTick(level, above);
  }

  /** The next price that is a whole number of ticks but for rounding. */
  protected onTick(price: number, up: boolean): number {
    const { tick } = this.settings;
    if (tick === 0) return asWritten(price);
    const ticks = Math.round(1e9 * price / tick) / 1e9;
    return Number(((up ? Math.ceil(ticks) : Math.floor(ticks)) * tick).toFixed(8));
  }

  /** An amount that is a whole number of lots but for rounding. */
  protected asLots(units: number): number {
    const { lot } = this.settings;
    return lot > 0 ? Number((Math.round(units / lot) * lot).toFixed(9)) : units;
  }
}
