import assert from "node:assert/strict";
import { contrast } from "../../engine/charts/colour.ts";
import { LOOKS } from "../../engine/charts/look.ts";
import { loadFonts } from "../../engine/charts/packages.ts";
import { fittedBetween, textWidth } from "../../engine/charts/text_width.ts";

Deno.test("contrast is that of WCAG 2", () => {
  assert.equal(contrast("#000000", "#ffffff"), 21);
  assert.equal(contrast("#777777", "#ffffff").toFixed(2), "4.48"); // the grey that just fails
});

Deno.test("texts can be read, and lines and marks told from the ground, in both themes", () => {
  for (const look of Object.values(LOOKS)) {
    for (const colour of [look.text, look.muted]) {
      assert.ok(contrast(colour, look.background) >= 4.5);
    }
    const marks = [look.profit, look.loss, look.long, look.short, look.equity, ...look.lines];
    for (const colour of marks) assert.ok(contrast(colour, look.background) >= 2.9, colour);
  }
});

/** A colour as somebody without green receptors sees it (Machado and others, 2009), linear RGB. */
function withoutGreen(colour: string): number[] {
  const linear = [1, 3, 5].map((at) => (parseInt(colour.slice(at, at + 2), 16) / 255) ** 2.2);
  const rows = [[0.367, 0.861, -0.228], [0.28, 0.673, 0.047], [-0.012, 0.043, 0.969]];
  return rows.map((row) => row.reduce((sum, part, i) => sum + part * linear[i], 0));
}

Deno.test("the colour-blind can tell up from down, won from lost, long from short", () => {
  for (const { up, down, profit, loss, long, short } of Object.values(LOOKS)) {
    for (const [a, b] of [[up, down], [profit, loss], [long, short]]) {
      const [seen, other] = [withoutGreen(a), withoutGreen(b)];
      const apart = Math.hypot(...seen.map((value, i) => value - other[i]));
      assert.ok(apart > 0.09, `${a} ${b} ${apart}`);
    }
  }
});

/** The widths of characters as the font's own tables have them, in parts of the size. */
async function widthsOfFont(): Promise<(character: string) => number> {
  const view = new DataView((await Deno.readFile((await loadFonts())[0])).buffer);
  const table = (name: string) => {
    for (let at = 12;; at += 16) {
      const tag = [0, 1, 2, 3].map((i) => String.fromCharCode(view.getUint8(at + i))).join("");
      if (tag === name) return view.getUint32(at + 8);
    }
  };
  const cmap = table("cmap"), hmtx = table("hmtx"), perEm = view.getUint16(table("head") + 18);
  let map = 0;
  for (let i = 0; i < view.getUint16(cmap + 2); i++) {
    const at = cmap + view.getUint32(cmap + 8 + 8 * i);
    if (view.getUint16(at) === 4) map = at;
  }
  const count = view.getUint16(map + 6) / 2;
  return (character) => {
    const code = character.codePointAt(0)!;
    let segment = 0;
    while (view.getUint16(map + 14 + 2 * segment) < code) segment++;
    const start = map + 16 + 2 * count + 2 * segment, delta = view.getInt16(start + 2 * count);
    const offset = view.getUint16(start + 4 * count), into = 2 * (code - view.getUint16(start));
    const glyph = offset === 0 ? code : view.getUint16(start + 4 * count + offset + into);
    return view.getUint16(hmtx + 4 * ((glyph + delta) & 0xffff)) / perEm;
  };
}

Deno.test("texts are as wide as the font makes them, to a few percent", async () => {
  const width = await widthsOfFont();
  const texts = [
    "rsi_reversion (window 14, oversold 30)",
    "Whole run: return -77.06%",
    "WILLIAM & Jazz, quickly 0123456789 · —",
  ];
  for (const text of texts) {
    const real = [...text].reduce((sum, character) => sum + width(character), 0);
    assert.ok(
      Math.abs(textWidth(text, 1) / real - 1) < 0.03,
      `${text}: ${textWidth(text, 1)} ${real}`,
    );
  }
  assert.equal(fittedBetween("abc", 12, 100), "abc");
  assert.match(fittedBetween("a much longer text", 12, 60), /^a m.*….*ext$/);
});
