import { htmlText } from "./display/html_text.ts";
import { fontFaces, WEIGHTS } from "./font_faces.ts";
import { FONT, TEXT } from "./look.ts";
import { type Option, revive } from "./option.ts";
import { loadScript } from "./packages.ts";
import { readingsText } from "./readings_text.ts";

/** The page's own scripts, styles and fonts and nothing from elsewhere; browsers hold it to that. */
const POLICY =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; font-src data:";

/** A web page that draws an option with ECharts; everything that it needs is in it. */
export async function htmlPage(
  title: string,
  size: { width: number; height: number },
  option: Option,
): Promise<string> {
  const [script, faces] = await Promise.all([loadScript(), fontFaces()]);
  const fonts = WEIGHTS.map((weight) => `${weight} ${TEXT.normal}px "${FONT}"`);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${htmlText(title)}</title>
<style>
${faces}
body { margin: 0; background: ${option.backgroundColor} }
</style>
<div id="picture" style="width: ${size.width}px; height: ${size.height}px; margin: auto"></div>
<script>${script}</script>
<script>
${readingsText}
const revive = ${revive};
const option = ${inScript(JSON.stringify(option, shortened))};
const draw = () =>
  echarts.init(document.getElementById("picture"), null, { renderer: "canvas" }).setOption(revive(option));
// A canvas does not wait for the fonts that it is written in.
Promise.all(${JSON.stringify(fonts)}.map((font) => document.fonts.load(font))).then(draw, draw);
</script>
</html>
`;
}

/** Digits of a drawn number beyond which nobody sees a difference; they would double a page. */
const DIGITS = 8;

function shortened(_: string, value: unknown): unknown {
  const isLong = typeof value === "number" && !Number.isInteger(value);
  return isLong ? Number(value.toPrecision(DIGITS)) : value;
}

/** JSON that ends no script, whatever texts are in it. */
function inScript(json: string): string {
  return json.replace(/</g, "\\u003c");
}
