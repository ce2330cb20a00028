import assert from "node:assert/strict";
import { describeOperators } from "../../engine/cli/operators/describe.ts";
import { firstSentence } from "../../engine/cli/operators/first_sentence.ts";
import { describeIndicators } from "../../engine/cli/operators/indicators.ts";
import { operatorsMarkdown } from "../../engine/cli/operators/markdown.ts";
import { readOperatorTexts } from "../../engine/cli/operators/read_texts.ts";
import { runCommand } from "./command.ts";
import { technicalindicatorsOperator } from "../../engine/series/operators/technicalindicators/adapter.ts";
import texts from "../../engine/cli/operators/texts.json" with { type: "json" };

Deno.test("the page of operators is what the catalogue and its doc comments say", () => {
  const all = describeOperators(), names = all.map(({ name }) => name);
  assert.deepEqual(texts, readOperatorTexts(Object.keys(texts)), "deno task operators --write");
  assert.deepEqual(names.toSorted(), Object.keys(texts).toSorted(), "deno task operators --write");
  const page = Deno.readTextFileSync(new URL("../../docs/operators.md", import.meta.url));
  assert.equal(page, operatorsMarkdown(all, describeIndicators()), "deno task operators --write");
});

Deno.test("an operator says when it is first known and what its parameters may be", () => {
  const of = (name: string) => describeOperators().find((operator) => operator.name === name)!;
  // TA-Lib's first rows: MACD's signal 33, RSI's 14, ADX's 27.
  assert.deepEqual(["macd", "rsi", "adx"].map((name) => of(name).firstKnown), [33, 14, 27]);
  assert.deepEqual(of("obv").memory, null);
  assert.deepEqual(of("sma").parameters, { window: "whole, 1 to 65536" });
  assert.equal(of("barsSince").firstKnown, null, "the condition may never hold");
  assert.equal(of("choose").call, "choose(choice, options)");
  assert.equal(of("bollinger").call, "bollinger(x, window = 20, width = 2)");
  assert.equal(of("keltner").call, "keltner({ window: 20, width: 2, atr: 10 })");
  assert.deepEqual(of("stochastic").outputs, ["k", "d"]);
});

Deno.test("operators lists them, tells of one, and helps with a misspelt name", async () => {
  const [list, one, json, wrong] = await Promise.all([
    runCommand(["operators"]),
    runCommand(["operators", "rsi"]),
    runCommand(["operators", "rsi", "--json"]),
    runCommand(["operators", "rsii"]),
  ]);
  assert.match(
    list.out,
    /^oscillators\n(?: {2}.*\n)* {2}cci\(window = 20\) +Commodity channel index$/m,
  );
  assert.match(
    one.out,
    /^rsi\(x, window = 14\)\n\nRelative strength index[^]*first known row 14$/m,
  );
  assert.equal(JSON.parse(json.out).firstKnown, 14);
  assert.deepEqual([wrong.code, wrong.err], [
    1,
    'There is no operator "rsii": did you mean "rsi"?\n',
  ]);
});

Deno.test("the list cuts no sentence inside of brackets", () => {
  for (const { about, call } of describeOperators()) {
    const sentence = firstSentence(about), count = (sign: string) => sentence.split(sign).length;
    assert.equal(count("("), count(")"), `${call}: ${sentence}`);
    assert.equal(count("`") % 2, 1, `${call}: ${sentence}`);
    assert.match(sentence, /[^.:;(]$/, call);
  }
});

Deno.test("the names of technicalindicators are listed, and told of", async () => {
  const names = [...technicalindicatorsOperator.members.keys()];
  const [list, rsi, doji, wrong] = await Promise.all([
    runCommand(["operators"]),
    runCommand(["operators", "RSI"]),
    runCommand(["operators", "doji"]),
    runCommand(["operators", "dojii"]),
  ]);
  const page = Deno.readTextFileSync(new URL("../../docs/operators.md", import.meta.url));
  for (const name of names) {
    assert.match(list.out, new RegExp(`^  ${name}$`, "m"));
    assert.match(page, new RegExp(`\\| \`indicator\\("${name}"`), name);
  }
  assert.match(
    rsi.out,
    /^indicator\("RSI", \{ values: close, period: 14 \}\)\n[^]*rounded to two decimals/,
  );
  assert.match(
    doji.out,
    /^indicator\("doji"\)\n\nA candle pattern[^]*\ngives {7}boolean\ncandles {5}1\n$/,
  );
  assert.match(wrong.err, /did you mean "doji"/);
  assert.match(rsi.out, /gives {7}number/);
});
