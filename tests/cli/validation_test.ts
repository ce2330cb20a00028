import assert from "node:assert/strict";
import { readCandlesCsv } from "../../engine/market/candles_csv.ts";
import { walkForward } from "../../engine/search/walk_forward.ts";
import smaCross from "../../strategies/sma_cross.ts";
import { runCommand } from "./command.ts";

const STRATEGY = "strategies/sma_cross.ts", CANDLES = "data/sample_candles_1h.csv.gz";
const common = [STRATEGY, "--candles", CANDLES, "--to", "2023-01-01"];

Deno.test("walk-forward tells each window in sample and out of it, and all tests as one", async () => {
  const space = { fast: "5..15:5", slow: "20..60:20" };
  const flags = ["--params", JSON.stringify(space), "--train", "120", "--test", "60", "--anchored"];
  const { code, out, err } = await runCommand(["walk-forward", ...common, ...flags]);
  assert.equal(code, 0, err);
  const candles = (await readCandlesCsv(CANDLES)).between(-Infinity, "2023-01-01");
  const walked = await walkForward(smaCross, candles, space, {
    train: 120,
    test: 60,
    anchored: true,
  });
  const lines = out.trim().split("\n");
  assert.equal(lines.length, walked.folds.length + 3);
  assert.match(lines[0], /^trained +tested +parameters +Sharpe in +out/);
  const [first] = walked.folds;
  assert(lines[1].includes(`fast ${first.params.fast}, slow ${first.params.slow}`));
  assert(lines[1].includes(first.sharpe.toFixed(2)) && lines[1].includes(first.trained.toFixed(2)));
  assert(lines.at(-2)!.includes(`Sharpe ${walked.sharpe.toFixed(2)}`));
  const json = await runCommand(["walk-forward", ...common, ...flags, "--json"]);
  const { windows, stitched } = JSON.parse(json.out);
  assert.equal(windows.length, walked.folds.length);
  assert.equal(stitched.totalReturn, walked.totalReturn);
});

Deno.test("walk-forward refuses days that the candles do not hold, and a start", async () => {
  const flags = ["--params", '{"fast":[5,10]}', "--test", "60"];
  const long = await runCommand(["walk-forward", ...common, ...flags, "--train", "5000"]);
  assert.notEqual(long.code, 0);
  assert.match(long.err, /5000 days of training and 60 of test do not fit/);
  const none = await runCommand(["walk-forward", ...common, ...flags, "--train", "half"]);
  assert.match(none.err, /whole number of 1 or more/);
  const begun = ["--train", "90", "--start", "2022-03-01"];
  const start = await runCommand(["walk-forward", ...common, ...flags, ...begun]);
  assert.match(start.err, /--start is for one backtest/);
});

Deno.test("stress prints the backtest beside harsher ones", async () => {
  const { code, out, err } = await runCommand(["stress", ...common, "--slippage", "0.0002"]);
  assert.equal(code, 0, err);
  const rows = out.trim().split("\n").slice(1);
  const names = ["as it was", "fees × 2", "slippage × 3", "one candle later", "all of it"];
  names.forEach((name, i) => assert(rows[i].startsWith(name), rows[i]));
  const json = JSON.parse((await runCommand(["stress", ...common, "--json"])).out);
  assert.equal(json.stress.length, 5);
  assert(json.stress[1].fees > json.stress[0].fees);
});
