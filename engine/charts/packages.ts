import { fileURLToPath } from "node:url";
import type { Pixels } from "./indexed_png.ts";
import type { Option } from "./option.ts";

/** What is used of ECharts. */
export interface ECharts {
  init(
    element: null,
    theme: null,
    options: { renderer: "svg"; ssr: true; width: number; height: number },
  ): { setOption(option: Option): void; renderToSVGString(): string; dispose(): void };
}

/** What is used of the rasteriser. */
export interface Rasteriser {
  Resvg: new (svg: string, options: RasterOptions) => { render(): Pixels };
}

interface RasterOptions {
  fitTo: { mode: "zoom"; value: number };
  font: { loadSystemFonts: false; fontFiles: string[]; defaultFontFamily: string };
}

/**
 * ECharts. Like the other heavy packages it is loaded at the first picture, by a specifier in a
 * variable, since Deno fetches what a literal one names even when it never runs.
 */
export async function loadECharts(): Promise<ECharts> {
  const specifier = "./echarts.ts";
  return await import(specifier);
}

/** The program that makes pixels of an SVG. */
export async function loadRasteriser(): Promise<Rasteriser> {
  const specifier = "./resvg.ts";
  return await import(specifier);
}

/** ECharts as a script for web pages. */
export async function loadScript(): Promise<string> {
  const specifier = "./echarts.ts";
  const { SCRIPT }: { SCRIPT: string } = await import(specifier);
  return await Deno.readTextFile(new URL(SCRIPT));
}

/** Paths of the font's files. */
export async function loadFonts(): Promise<string[]> {
  const specifier = "./font_files.ts";
  const { FONT_FILES }: { FONT_FILES: readonly string[] } = await import(specifier);
  return FONT_FILES.map((url) => fileURLToPath(url));
}
