import { checkOptions } from "../market/check_options.ts";
import { InputError } from "../market/errors.ts";
import { headingText } from "./heading.ts";
import type { Heading } from "./heading.ts";
import { htmlPage } from "./html_page.ts";
import { indexedPng } from "./indexed_png.ts";
import { FONT } from "./look.ts";
import { type Option, revive } from "./option.ts";
import { loadECharts, loadFonts, loadRasteriser } from "./packages.ts";

/** What a picture is made from. */
export interface Drawing {
  heading: Heading;
  size: { width: number; height: number };
  /** The drawing as ECharts takes it; an interactive one holds more rows, for zooming into. */
  option(interactive: boolean): Option;
}

/** Pixels of a PNG for each pixel of the picture, so that it stays sharp on any screen. */
const SCALE = 2;

const MOST_SCALE = 8;

function scaleIn(options: { scale?: number }): number {
  checkOptions(options, ["scale"], "png");
  const { scale = SCALE } = options;
  if (Number.isFinite(scale) && scale > 0 && scale <= MOST_SCALE) return scale;
  throw new InputError(
    `Cannot draw: scale is ${scale}, but must be above 0 and at most ${MOST_SCALE}`,
  );
}

/**
 * A picture, drawn when it is asked for. A notebook shows it as PNG, which also GitHub does; `html`
 * gives a page in which a reader can zoom.
 */
export class Picture {
  constructor(private readonly drawing: Drawing) {}

  /** The picture as PNG, `scale` pixels for each of its own. */
  async png(options: { scale?: number } = {}): Promise<Uint8Array> {
    const scale = scaleIn(options);
    const [svg, { Resvg }, fontFiles] = await Promise.all([
      this.svg(),
      loadRasteriser(),
      loadFonts(),
    ]);
    const font = { loadSystemFonts: false, fontFiles, defaultFontFamily: FONT } as const;
    return indexedPng(new Resvg(svg, { fitTo: { mode: "zoom", value: scale }, font }).render());
  }

  /** The picture as SVG; its texts look as they should where the font is there. */
  async svg(): Promise<string> {
    const { init } = await loadECharts();
    const canvas = init(null, null, { renderer: "svg", ssr: true, ...this.drawing.size });
    try {
      canvas.setOption(revive(this.drawing.option(false)));
      return canvas.renderToSVGString();
    } finally {
      canvas.dispose();
    }
  }

  /** A web page with the picture, in which a reader can zoom and read off values. It needs no net. */
  html(): Promise<string> {
    const { heading, size } = this.drawing;
    return htmlPage(heading.title, size, this.drawing.option(true));
  }

  /** What it shows, in a few lines. */
  toString(): string {
    return headingText(this.drawing.heading);
  }

  /** What a notebook shows. */
  async [Symbol.for("Jupyter.display")](): Promise<Record<string, string>> {
    return { "image/png": (await this.png()).toBase64(), "text/plain": this.toString() };
  }
}
