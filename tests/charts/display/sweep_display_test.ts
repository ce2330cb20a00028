/** What a notebook shows of a search. */
import assert from "node:assert/strict";
import "../../../engine/charts/display/register.ts";
import { DISPLAY, type MimeBundle } from "../../../engine/charts/display/mime_bundle.ts";
import { judgementText } from "../../../engine/research/overfitting/judgement_text.ts";
import { judgeSearch } from "../../../engine/research/overfitting/judge_search.ts";
import { sweep } from "../../../engine/search/sweep.ts";
import smaCross from "../../../strategies/sma_cross.ts";
import { waves } from "../../research/waves.ts";

const found = await sweep(smaCross, waves(900), { fast: "2..6", slow: "8..20:4" }, { keep: 15 });
const bundle: MimeBundle = Reflect.get(found, DISPLAY).call(found);

Deno.test("a search shows its ten best sets, as metrics are written, and what they are worth", () => {
  const [heads, ...lines] = bundle["text/plain"].split("\n");
  assert.match(heads, /^fast +slow +Total return +Sharpe +Max drawdown +Closed trades$/);
  const { fast, slow, totalReturn, sharpe, maxDrawdown, trades } = found.best[0];
  const percent = (fraction: number) =>
    fraction.toLocaleString("en-US", { style: "percent", minimumFractionDigits: 2 });
  const cells = [fast, slow, percent(totalReturn), sharpe.toFixed(2), percent(maxDrawdown), trades];
  assert.deepEqual(lines[0].trim().split(/ +/), cells.map(String));
  assert.equal(lines[10], "The 10 best of 20 sets of sma_cross, by Sharpe, highest first");
  const told = `Of 20 sets tried, the best by Sharpe \\(fast ${fast}, slow ${slow}\\)`;
  assert.deepEqual(lines.slice(11), judgementText(judgeSearch(found)));
  assert.match(lines[11], new RegExp(`^${told} is what luck alone would give \\d+ % of`));
});

Deno.test("its sentence stands out of the page's text, and a script prints the same", () => {
  assert.match(bundle["text/html"], /<div style="[^"]*font-weight:600">Of 20 sets tried, /);
  assert.equal(String(found), bundle["text/plain"]);
  assert.equal(Deno.inspect(found), bundle["text/plain"]);
});
