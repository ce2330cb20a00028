import { InvalidArgumentError } from "commander";
import { parseTime } from "../market/csv_cells.ts";
import { InputError } from "../market/errors.ts";

/** Reads a flag's number; `min` and `max` are allowed, and so is nothing outside them. */
export function numberIn(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = text.trim() === "" ? NaN : Number(text);
    if (value >= min && value <= max) return value;
    const range = max === Infinity ? `${min} or more` : `from ${min} to ${max}`;
    throw new InvalidArgumentError(`It must be a number ${range}.`);
  };
}

/** Reads a flag's date: an ISO date (UTC) or milliseconds. */
export function date(text: string): number {
  try {
    return parseTime(text, "the date");
  } catch (error) {
    if (error instanceof InputError) throw new InvalidArgumentError(error.message);
    throw error;
  }
}

/** Reads a flag's JSON object. */
export function jsonObject(text: string): Record<string, number | string> {
  try {
    const value = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  } catch { /* said below */ }
  throw new InvalidArgumentError(`It must be a JSON object such as '{"fast":10,"slow":30}'.`);
}
