import { type Option, revive } from "./option.ts";
import { loadScript } from "./packages.ts";

/** The page's own scripts and styles and nothing from elsewhere; browsers hold it to that. */
const POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'";

/** A web page that draws an option with ECharts; everything that it needs is in it. */
export async function htmlPage(
  title: string,
  size: { width: number; height: number },
  option: Option,
): Promise<string> {
  const script = await loadScript();
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${escaped(title)}</title>
<style>body { margin: 0; background: ${option.backgroundColor} }</style>
<div id="picture" style="width: ${size.width}px; height: ${size.height}px; margin: auto"></div>
<script>${script}</script>
<script>
const revive = ${revive};
const option = ${inScript(JSON.stringify(option))};
echarts.init(document.getElementById("picture"), null, { renderer: "canvas" }).setOption(revive(option));
</script>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
}

/** JSON that ends no script, whatever texts are in it. */
function inScript(json: string): string {
  return json.replace(/</g, "\\u003c");
}
