import assert from "node:assert/strict";
import type { Theme } from "../../engine/charts/look.ts";
import { type Colours, themedSvg } from "../../engine/report/themed_svg.ts";
import { resultSections } from "../../engine/report/result_sections.ts";
import { backtest } from "../../engine/research/backtest.ts";
import { channel } from "../charts/gallery.ts";
import { differing, rasterised } from "../charts/pixels.ts";
import { waves } from "../research/waves.ts";

const result = backtest(channel, waves(1_500));
const market = { exchange: "", symbol: "ABC/EUR", quote: "EUR" };
const pictures = resultSections(result, { scaling: {} }, market)
  .flatMap(({ parts }) => parts).filter((part) => part.kind === "picture");

Deno.test("in either theme a themed picture is the picture of that theme, pixel by pixel", async () => {
  assert.equal(pictures.length, 8);
  for (const { draw } of pictures) {
    const colours: Colours = new Map();
    const svg = await themedSvg(draw, {}, { id: "x", colours });
    for (const theme of ["light", "dark"] as Theme[]) {
      const painted = svg.replace(/var\((--[\w-]+)\)/g, (_, name) => colours.get(name)![theme]);
      const own = await draw({ theme }).svg();
      const scale = { scale: 1 };
      assert.equal(differing(await rasterised(painted, scale), await rasterised(own, scale), 0), 0);
    }
    assert.ok(colours.size > 3);
    assert.doesNotMatch(svg, /zr\d|<style|class=/);
  }
});
