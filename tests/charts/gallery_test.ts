import assert from "node:assert/strict";
import { gallery } from "./gallery.ts";
import { decodePng, differing, rasterised } from "./pixels.ts";

/**
 * A pixel counts as another from a difference of 24 (of 255) in a channel on, and 0.05 % of them may:
 * what another machine's rounding does to an edge, but not a letter that is missing.
 */
const CHANNEL = 24, SHARE = 0.0005;

Deno.test("the pictures of the gallery are drawn as they were when somebody looked at them", async (t) => {
  const names = new Set<string>();
  for (const [name, picture] of Object.entries(await gallery())) {
    names.add(`${name}.png`);
    await t.step(name, async () => {
      const kept = await Deno.readFile(new URL(`gallery/${name}.png`, import.meta.url));
      const [then, now] = [await decodePng(kept), await decodePng(await picture.png())];
      const share = differing(then, now, CHANNEL);
      assert.ok(share <= SHARE, `${(100 * share).toFixed(3)} % of the pixels differ`);
    });
  }
  const kept = Array.from(
    Deno.readDirSync(new URL("gallery", import.meta.url)),
    ({ name }) => name,
  );
  assert.deepEqual(new Set(kept), names);
});

Deno.test("a title that lacks a letter is another picture", async () => {
  const { monthly_returns: picture } = await gallery(), svg = await picture.svg();
  const other = svg.replace("Monthly returns of", "Monthly return of");
  assert.notEqual(other, svg);
  assert.ok(differing(await rasterised(svg), await rasterised(other), CHANNEL) > SHARE);
});
