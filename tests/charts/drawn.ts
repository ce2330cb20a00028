import { loadECharts } from "../../engine/charts/packages.ts";
import { type Option, revive } from "../../engine/charts/option.ts";
import type { Drawing, Picture } from "../../engine/charts/picture.ts";
import { indexedPng, type Pixels } from "../../engine/charts/indexed_png.ts";
import { rasterised } from "./pixels.ts";

/** What a picture hands to ECharts, as a copy that may be changed. */
export function optionOf(picture: Picture, { interactive = false } = {}): Option {
  return structuredClone(drawingOf(picture).option(interactive));
}

/** The series of a picture, by name or type: all whose name or type it is, from below. */
export function seriesOf(option: Option, name: string): Option[] {
  return (option.series as Option[]).filter((each) => each.name === name || each.type === name);
}

/** A picture whose option was changed before it was drawn, as PNG in base64. */
export async function redrawn(picture: Picture, change: (option: Option) => void): Promise<string> {
  const option = optionOf(picture), { init } = await loadECharts();
  change(option);
  const { size } = drawingOf(picture);
  const canvas = init(null, null, { renderer: "svg", ssr: true, ...size });
  canvas.setOption(revive(option));
  const { width, height, pixels }: Pixels = await rasterised(canvas.renderToSVGString());
  canvas.dispose();
  return indexedPng({ width, height, pixels }).toBase64();
}

function drawingOf(picture: Picture): Drawing {
  return Reflect.get(picture, "drawing");
}
