import assert from "node:assert/strict";
import { pictureDifference } from "../../engine/cli/jupyter/picture_difference.ts";
import { gallery } from "./gallery.ts";
import { searchGallery } from "./search_gallery.ts";
import { differing, rasterised } from "./pixels.ts";

Deno.test("the pictures of the gallery are drawn as they were when somebody looked at them", async (t) => {
  const names = new Set<string>();
  for (const [name, picture] of Object.entries({ ...await gallery(), ...await searchGallery() })) {
    names.add(`${name}.png`);
    await t.step(name, async () => {
      const kept = await Deno.readFile(new URL(`gallery/${name}.png`, import.meta.url));
      const now = await picture.png();
      assert.equal(pictureDifference(kept.toBase64(), now.toBase64()), undefined);
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
  assert.ok(differing(await rasterised(svg), await rasterised(other), 24) > 0.0005);
});
