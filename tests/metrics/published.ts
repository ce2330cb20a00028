import assert from "node:assert/strict";
import { sharedPath } from "../support/shared.ts";
import { readTarGz } from "../support/tar.ts";
import { agree } from "./made_performance.ts";

/** The files of an archive of published results, by path. */
export const archive = (name: string): Map<string, string> =>
  readTarGz(sharedPath(`reference/${name}.tar.gz`));

/** The rows of a CSV without quotes, by column name. */
export function csv(text: string): Record<string, string>[] {
  const [header, ...lines] = text.trim().split(/\r?\n/).map((line) => line.split(","));
  return lines.map((cells) => Object.fromEntries(header.map((name, i) => [name, cells[i]])));
}

/** Asserts that a number agrees with a published one, which must be there. */
export function same(actual: number, expected: number, what: string, tolerance = 1e-9) {
  assert.equal(typeof expected, "number", `${what} is not published`);
  assert(agree(actual, expected, tolerance), `${what}: ${actual} is not ${expected}`);
}
