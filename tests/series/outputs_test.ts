/** Operators that give several series: each of these has to be taken by its name. */
import assert from "node:assert/strict";
import { close, type Numeric } from "../../engine/series/expression.ts";
import { bollinger } from "../../engine/series/operators/volatility/bollinger.ts";
import { macd } from "../../engine/series/operators/oscillators/macd.ts";
import { indicator } from "../../engine/series/operators/technicalindicators/indicator.ts";

type Loose = Record<string, Numeric>;

function refused(make: () => unknown, message: string): void {
  assert.throws(make, { name: "InputError", message });
}

Deno.test("What only one of them can do says that one has to be taken first", () => {
  const adx = indicator("ADX") as unknown as Loose, bands = bollinger(close) as unknown as Loose;
  refused(
    () => (adx as unknown as Numeric).above(25),
    "indicator ADX gives several series (adx, pdi, mdi): take one of them first, as in .adx.above(…)",
  );
  refused(
    () => (bands as unknown as Numeric).above(close),
    "bollinger gives several series (upper, middle, lower): take one of them first, as in " +
      ".upper.above(…)",
  );
});

Deno.test("A misspelt one is answered by the one that was meant", () => {
  const bands = bollinger(close) as unknown as Loose, lines = macd(close) as unknown as Loose;
  refused(
    () => bands.uper.above(close),
    'bollinger gives no series "uper": did you mean "upper"? There are upper, middle, lower',
  );
  refused(
    () => lines.macd,
    'macd gives no series "macd". There are line, signal, histogram',
  );
});

Deno.test("They are taken apart, spread, listed, awaited and printed like any object", async () => {
  const bands = bollinger(close), { upper } = bands;
  assert.equal(upper, bands.upper);
  assert.deepEqual(Object.keys({ ...bands }), ["upper", "middle", "lower"]);
  assert.equal(await bands, bands);
  assert.equal(String(bands), "[object Object]");
  assert.equal(JSON.parse(JSON.stringify(bands)).upper.output, "upper");
});
