/**
 * JSON text in which a number that JSON cannot hold is spelled: "NaN", "Infinity", "-Infinity". (By
 * itself JSON turns unknown into null.) `space` indents as in `JSON.stringify`.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(toJson({ sharpe: NaN, trades: 0 }), '{"sharpe":"NaN","trades":0}');
 * ```
 */
export function toJson(value: unknown, space?: number): string {
  return JSON.stringify(
    value,
    (_key, part) => typeof part === "number" && !Number.isFinite(part) ? String(part) : part,
    space,
  );
}
