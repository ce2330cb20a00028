import { additionError } from "../market/exact.ts";

/**
 * A sum that carries along what rounding took off it, so that it is right to its last digits however many
 * values there are and however much they cancel each other out.
 *
 * Source: A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", ZAMM
 * 54, 1974.
 */
export class CompensatedSum {
  private sum = 0;
  private lost = 0;

  add(value: number): void {
    const total = this.sum + value;
    this.lost += additionError(this.sum, value, total);
    this.sum = total;
  }

  get value(): number {
    return this.sum + this.lost;
  }
}
