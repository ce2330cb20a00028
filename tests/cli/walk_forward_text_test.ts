import assert from "node:assert/strict";
import { walkForwardJson, walkForwardText } from "../../engine/cli/walk_forward_text.ts";
import { metricsSettings } from "../../engine/metrics/settings.ts";
import { WalkForward, type WalkForwardWindow } from "../../engine/search/walk_forward_result.ts";

/** A walk forward of which training showed so much, and the tests such daily returns. */
function walked(trained: readonly number[], returns: readonly number[]): WalkForward {
  const folds = trained.map((sharpe) => ({
    ...{ trainFrom: 0, trainTo: 1, testFrom: 1, testTo: 2, params: { n: 1 } },
    inSample: { totalReturn: 0, sharpe, maxDrawdown: 0, trades: 1 },
    ...{ trained: sharpe, totalReturn: 0, sharpe: 1, maxDrawdown: 0, trades: 1 },
  } as unknown as WalkForwardWindow));
  return new WalkForward({
    ...{ folds, balance: 1, time: Float64Array.of(1), equity: Float64Array.of(1) },
    returns: Float64Array.from(returns),
    settings: metricsSettings({ periodsPerYear: 2 }),
    notes: [],
  });
}

/** Mean 0.02, deviation 0.01 × √2: a ratio of 2 where two of them make a year. */
const TWO = [0.01, 0.03];

const last = (of: WalkForward) => walkForwardText(of).split("\n").at(-1)!;

Deno.test("efficiency goes by the windows of which training is known, and says in how many it is not", () => {
  const some = walked([3, NaN, 5, NaN, 4], TWO);
  assert.deepEqual([some.trained, some.unknownWindows], [4, 2]);
  assert(Math.abs(some.efficiency - 0.5) < 1e-12);
  assert.match(
    last(some),
    /^That is 50\.00% of .* In 2 of 5 windows training's ratio is not known/,
  );
  const { stitched } = JSON.parse(walkForwardJson(some));
  assert.deepEqual([stitched.trained, stitched.unknownWindows], [4, 2]);
  assert.match(last(walked([4, 4], TWO)), /^That is 50\.00% of [^.]*\.$/);
});

Deno.test("why nothing can be compared is told as it is", () => {
  assert.match(
    last(walked([-1, NaN], TWO)),
    /^Training showed no .* -1\.00 on average\. In 1 of 2/,
  );
  assert.match(last(walked([NaN, NaN], TWO)), /is not known in any of 2 windows/);
  assert.match(last(walked([4, 2], [0, 0])), /^It cannot be compared with training's 3\.00/);
});
