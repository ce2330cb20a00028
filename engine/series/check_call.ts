import { isPlainObject } from "../market/check_options.ts";
import { describeValue } from "../market/describe_value.ts";
import { InputError } from "../market/errors.ts";

/**
 * Refuses what a function was given beyond what it takes: notebooks check no types, and JavaScript would pass
 * over it in silence.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * assert.throws(() => checkCall("max", [1, 2, 3], 2), {
 *   message: "max takes 2 values, not 3: nothing would be done with 3",
 * });
 * ```
 */
export function checkCall(name: string, given: ArrayLike<unknown>, most: number): void {
  if (given.length <= most) return;
  const takes = most === 0 ? "no values" : most === 1 ? "1 value" : `${most} values`;
  throw new InputError(
    `${name} takes ${takes}, not ${given.length}: nothing would be done with ` +
      describeValue(given[most]),
  );
}

/** As `checkCall`, for a function that takes no series, since it reads the candles by itself. */
export function checkCandleCall(name: string, given: ArrayLike<unknown>, most: number): void {
  const first = given[0];
  if (typeof first === "object" && first !== null && Reflect.get(first, "sort") === "column") {
    throw new InputError(
      `${name} takes no series, but is given ${
        describeValue(first)
      }: it reads what it needs of the ` +
        "candles by itself",
    );
  }
  checkCall(name, given, most);
}

/**
 * Settings that are given by name, and for those that are not their customary values. Throws an `InputError`
 * for anything but an object of them, such as a window by itself; names that there are not the operator refuses.
 */
export function namedSettings<Settings extends object>(
  name: string,
  given: { readonly [Setting in keyof Settings]?: unknown },
  customary: Settings,
): Settings {
  if (!isPlainObject(given)) {
    const example = Object.entries(customary).map(([setting, value]) => `${setting}: ${value}`);
    throw new InputError(
      `${name} takes its settings by name, as in { ${example.join(", ")} }, not ${
        describeValue(given)
      }`,
    );
  }
  return { ...customary, ...given };
}
