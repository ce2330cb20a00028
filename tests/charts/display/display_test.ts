import assert from "node:assert/strict";
import "../../../engine/charts/display/register.ts";
import { DISPLAY, type MimeBundle } from "../../../engine/charts/display/mime_bundle.ts";
import { Candles } from "../../../engine/market/candles.ts";
import { InputError } from "../../../engine/market/errors.ts";
import { candlesToFrame, columnsToFrame } from "../../../engine/market/frame.ts";
import { backtest } from "../../../engine/research/backtest.ts";
import { Columns, Table } from "../../../engine/research/table.ts";
import { close, high } from "../../../engine/series/expression.ts";
import { bollinger } from "../../../engine/series/operators/volatility/bollinger.ts";
import { choose } from "../../../engine/series/operators/conditions/choose.ts";
import { crossesAbove } from "../../../engine/series/operators/events/crosses.ts";
import { on } from "../../../engine/series/operators/candles/on.ts";
import { indicator } from "../../../engine/series/operators/technicalindicators/indicator.ts";
import { sma } from "../../../engine/series/operators/averages/sma.ts";
import { choice, number, whole } from "../../../engine/strategy/parameters.ts";
import { strategy } from "../../../engine/strategy/strategy.ts";
import rsiReversion from "../../../strategies/rsi_reversion.ts";
import { waves } from "../../research/waves.ts";

/** What a notebook would show of a value. */
async function shown(value: object): Promise<MimeBundle> {
  return await (value as Record<symbol, () => MimeBundle | Promise<MimeBundle>>)[DISPLAY]();
}

async function text(value: object): Promise<string> {
  return (await shown(value))["text/plain"];
}

const HOUR = 3_600_000, START = Date.UTC(2024, 4, 30);

/** Candles of which the third is missing. */
function candles(): Candles {
  const row = { high: 101.25, low: 99, close: 100.5, trades: NaN, kind: "backfilled" as const };
  return Candles.fromRows(
    "1h",
    [1, 2, 4].map((n) => ({ ...row, time: START + n * HOUR, open: 100, volume: 1234.5 * n })),
  );
}

Deno.test("Candles show their close times, prices in their decimals, span and gaps", async () => {
  assert.equal(
    await text(candles()),
    [
      "close time (UTC)    open    high    low   close    volume",
      "2024-05-30 01:00  100.00  101.25  99.00  100.50  1,234.50",
      "2024-05-30 02:00  100.00  101.25  99.00  100.50  2,469.00",
      "2024-05-30 04:00  100.00  101.25  99.00  100.50  4,938.00",
      "3 1h candles · 2024-05-30 00:00 to 2024-05-30 04:00 UTC · 1 gap, 1 candle missing",
    ].join("\n"),
  );
  assert.match(await text(candles().slice(0, 0)), /\n0 1h candles$/);
});

Deno.test("Of a long table the first and last five rows are shown, and how long it is", async () => {
  const rows = Array.from({ length: 1_234 }, (_, n) => ({ n, side: n % 2 ? "long" : "short" }));
  assert.equal(
    await text(new Table(rows)),
    "    n  side\n    0  short\n    1  long\n    2  short\n    3  long\n    4  short\n    …  …\n" +
      "1,229  long\n1,230  short\n1,231  long\n1,232  short\n1,233  long\n1,234 rows × 2 columns",
  );
  assert.equal((await text(new Table(rows.slice(0, 12)))).split("\n").length, 14);
  assert.equal(await text(new Table([])), "0 rows × 0 columns");
});

Deno.test("Columns: unknown numbers are a dash, times are UTC, seconds only where there are", async () => {
  const table = new Columns({
    time: Float64Array.of(START, START + 1_000),
    equity: Float64Array.of(10_000, 9_876.54321),
    drawdown: Float64Array.of(NaN, -0.0123456789),
  });
  assert.equal(
    await text(table),
    "         time (UTC)     equity   drawdown\n" +
      "2024-05-30 00:00:00  10,000.00          —\n" +
      "2024-05-30 00:00:01   9,876.54  -0.012346\n" +
      "2 rows × 3 columns",
  );
});

Deno.test("A danfo frame, a part of it and a column of it show like other tables", async () => {
  const frame = await candlesToFrame(candles());
  assert.equal(
    await text(frame),
    "timestamp (close, UTC)  open    high  low   close    volume  trades  kind\n" +
      "      2024-05-30 01:00   100  101.25   99  100.50  1,234.50       —  backfilled\n" +
      "      2024-05-30 02:00   100  101.25   99  100.50  2,469.00       —  backfilled\n" +
      "      2024-05-30 04:00   100  101.25   99  100.50  4,938.00       —  backfilled\n" +
      "3 rows × 8 columns",
  );
  assert.match(await text(frame.tail(1)), /^2 +2024-05-30 04:00/m);
  // A frame of someone else does not say what its times stamp.
  const other = frame.drop({ columns: ["kind"] });
  assert.match(await text(other), /^ timestamp \(UTC\) +open/);
  assert.equal(
    await text(frame.column("close")),
    " close\n100.50\n100.50\n100.50\n3 rows × 1 column",
  );
});

Deno.test("Prices keep all of their digits, however large the largest", async () => {
  const prices = [0.25018, 0.2502, 1.2], frame = await columnsToFrame({ close: prices });
  assert.equal(await text(frame), "  close\n0.25018\n0.25020\n1.20000\n3 rows × 1 column");
  assert.match(await text(new Table(prices.map((exitPrice) => ({ exitPrice })))), /0\.25018\n/);
  const computed = await columnsToFrame({ close: [0.25018, 1 / 3, 1.2] });
  assert.match(await text(computed), /^0\.2502\n0\.3333\n1\.2000$/m);
});

Deno.test("No number that is not 0 is shown as 0, and no decimal of a price is left out", async () => {
  const cells = async (rows: object[]) => (await text(new Table(rows))).split("\n").slice(1, -1);
  const share = [0.00012345678, 12, 0, -3e-9, null, undefined].map((share) => ({ share }));
  assert.deepEqual((await cells(share)).map((cell) => cell.trim()), [
    ...["0.00012346", "12.000", "0.000", "-3e-9", "—", "—"],
  ]);
  assert.deepEqual(await cells([{ entryPrice: 10432.125 }]), ["10,432.125"]);
});

Deno.test("A number is a time where its name and its size say so, to the millisecond if it has some", async () => {
  const at = Date.UTC(2024, 0, 2, 3, 4, 5, 678);
  assert.equal(
    await text(new Table([{ entryTime: at, holdTime: 3600, lastTime: at }])),
    "        entryTime (UTC)  holdTime           lastTime (UTC)\n" +
      "2024-01-02 03:04:05.678     3,600  2024-01-02 03:04:05.678\n1 row × 3 columns",
  );
});

Deno.test("What danfo tells of a column of times: only what is a time is shown as one", async () => {
  const timestamp = [1, 2, 3].map((n) => START + n * HOUR);
  const frame = await columnsToFrame({ timestamp, a: [1, 2, 3] });
  const [head, ...lines] = (await text(frame.describe())).split("\n");
  const cells = lines.map((line) => line.trim().split(/ {2,}/).slice(0, 2));
  assert.match(head, /timestamp \(UTC\)/);
  assert.deepEqual(cells.slice(0, 7), [
    ["count", "3"],
    ["mean", "2024-05-30 02:00"],
    ["std", "—"],
    ["min", "2024-05-30 01:00"],
    ["median", "2024-05-30 02:00"],
    ["max", "2024-05-30 03:00"],
    ["variance", "—"],
  ]);
  const byTime = frame.setIndex({ column: "timestamp", drop: true });
  assert.equal(
    await text(byTime),
    "      time (UTC)  a\n2024-05-30 01:00  1\n2024-05-30 02:00  2\n2024-05-30 03:00  3\n" +
      "3 rows × 1 column",
  );
});

Deno.test("In a script, console.log and String write what a notebook shows as text", async () => {
  const result = backtest(rsiReversion, waves(500), { params: { window: 5 } });
  const equal = async (value: object) => {
    assert.equal(Deno.inspect(value), await text(value));
    assert.ok(Deno.inspect(value).length < 2_000);
  };
  const values = [candles(), result.trades, result.equity, rsiReversion, close.above(3)];
  for (const value of [...values, bollinger(close), await candlesToFrame(candles())]) {
    await equal(value);
  }
  const { ["text/plain"]: card } = await shown(result);
  assert.equal(String(result), card);
  assert.equal(Deno.inspect(result), card);
  assert.equal(String(rsiReversion), await text(rsiReversion));
});

Deno.test("Several series by name show a line each", async () => {
  assert.equal(
    await text(indicator("ADX", { period: 20 })),
    "adx  = ADX(high, low, close, period 20).adx\n" +
      "pdi  = ADX(high, low, close, period 20).pdi\n" +
      "mdi  = ADX(high, low, close, period 20).mdi",
  );
});

Deno.test("Tables are HTML without styles elsewhere; what they hold cannot break out", async () => {
  const html = (await shown(new Table([{ name: `<b>"a" & b</b>`, n: 1 }])))["text/html"];
  assert.ok(html.includes("&lt;b&gt;&quot;a&quot; &amp; b&lt;/b&gt;"), html);
  assert.match(html, /<th align="left" [^>]*>name<\/th><th align="right" [^>]*>n<\/th>/);
  assert.match(html, /<td align="right" style="text-align:right;[^"]*">1<\/td>/);
  // A colour of its own would be wrong in light or in dark.
  assert.doesNotMatch(html, /<style|class=|[^-]color:|background:(?!none)/);
});

Deno.test("A strategy shows its parameters, series, signals and stops as formulas", async () => {
  assert.equal(
    await text(rsiReversion),
    `rsi_reversion
  window      14 (whole, 2 to 1000)
  oversold    30 (0 to 100)
  recovered   55 (0 to 100)
  stop        0.02 (0.0001 to 0.9)
  target      0.04 (0.0001 to 10)
  where       oversold < recovered
  strength    = rsi(close, window)
  enterLong   when strength < oversold
  exitLong    when strength > recovered
  stopLoss    stop
  takeProfit  target`,
  );
});

Deno.test("What is used twice is written once; brackets stand where they are needed", async () => {
  const parameters = {
    w: whole(5),
    source: choice("close", ["close", "high"]),
    sure: number(0.5, { min: 0, max: 1 }),
  };
  const made = strategy("made", parameters, {
    build({ w, source, sure }, { close, high }) {
      const price = choose(source, { close, high }), { upper } = bollinger(price, w, 2);
      return {
        enterLong: price.above(upper).or(crossesAbove(close, upper)).and(price.below(1).not()),
        exitLong: close.minus(high.minus(price)).times(w.plus(1)).below(upper),
        confidence: sure,
        stopLoss: sure.over(2),
        series: { close, price },
      };
    },
  });
  assert.equal(
    await text(made),
    `made
  w            5 (whole, 1 to 1000)
  source       close (close, high)
  sure         0.5 (0 to 1)
  bollinger_1  = bollinger(price, window w, width 2).upper
  close        = close
  price        = choose(source, close, high)
  confidence   = sure
  enterLong    when (price > bollinger_1 or crossesAbove(close, bollinger_1)) and not (price < 1)
  exitLong     when (close − (high − price)) × (w + 1) < bollinger_1
  stopLoss     sure / 2`,
  );
});

Deno.test("A series shows its formula, an error its message alone", async () => {
  assert.equal(await text(on("4h", sma(high, 20)).above(close)), "on(4h, sma(high, 20)) > close");
  assert.deepEqual(await shown(new InputError("Too few rows")), { "text/plain": "Too few rows" });
});

Deno.test("A result shows a card and a picture, in one bundle outside of a kernel", async () => {
  const result = backtest(rsiReversion, waves(500), { params: { window: 5 } });
  const bundle = await shown(result), { totalReturn } = result.summary();
  assert.deepEqual(Object.keys(bundle).sort(), ["image/png", "text/html", "text/plain"]);
  const [title, ...lines] = bundle["text/plain"].split("\n");
  assert.match(title, /^rsi_reversion \(window 5, .*\) over 500 1[hm] candles, .* UTC$/);
  const written = `${(100 * totalReturn).toFixed(2)}%`;
  assert.ok(lines.some((line) => line.includes(`Total return`) && line.includes(written)), written);
  assert.ok(bundle["text/html"].includes(`>${written}</td>`), written);
  const png = Uint8Array.fromBase64(bundle["image/png"]);
  assert.deepEqual(
    [...png.subarray(1, 4)].map((code) => String.fromCharCode(code)).join(""),
    "PNG",
  );
});

Deno.test("Errors keep their stack where there is no notebook, and give it up where there is", () => {
  assert.match(new InputError("Too few rows").stack!, /^InputError: Too few rows\n +at /);
  InputError.withoutStack = true;
  try {
    assert.equal(new InputError("Too few rows").stack, "Too few rows");
  } finally {
    InputError.withoutStack = false;
  }
});
