import type { Theme } from "../charts/look.ts";
import type { Draw } from "./section.ts";

/** Colours that an SVG has by name, and what each is in either theme. */
export type Colours = Map<string, Readonly<Record<Theme, string>>>;

const COLOUR = /#[0-9a-f]{6}\b|rgba?\([^)]*\)/g;

/**
 * A picture as SVG for a page that is light or dark: colours that differ between the themes are CSS
 * variables, which are put into `colours`. `id` is what its parts are called by, so that several can be
 * on one page.
 */
export async function themedSvg(
  draw: Draw,
  options: Parameters<Draw>[0],
  { id, colours }: { id: string; colours: Colours },
): Promise<string> {
  const picture = draw({ ...options, theme: "light" }), light = still(await picture.svg(), id);
  const other = await draw({ ...options, theme: "dark" }).svg();
  const dark = still(other, id).match(COLOUR) ?? [];
  let next = 0;
  const svg = light.replace(COLOUR, (colour) => variable(colour, dark[next++], colours));
  if (next !== dark.length) {
    throw new Error(`The themes of ${picture} differ in their forms`);
  }
  const said = `role="img" aria-label="${attribute(picture.toString())}"`;
  return svg.replace(/^<svg /, `<svg ${said} `);
}

function variable(light: string, dark: string, colours: Colours): string {
  if (light === dark) return light;
  const name = `--${`${light}-${dark}`.replace(/[^0-9a-z]+/g, "-").replace(/^-|-$/g, "")}`;
  colours.set(name, { light, dark });
  return `var(${name})`;
}

/** Without what ECharts adds for pointers, which a still picture has no use for. */
function still(svg: string, id: string): string {
  return svg
    .replace(/<style[^>]*>[\s\S]*?<\/style>/g, "")
    .replace(/ class="zr\d+-cls-\d+"/g, "")
    .replace(/\bzr\d+-(c|g|p)(\d+)/g, `${id}-$1$2`)
    .trim();
}

function attribute(text: string): string {
  return text.replace(/[&<>"]/g, (it) => `&#${it.charCodeAt(0)};`).replace(/\n/g, "&#10;");
}
