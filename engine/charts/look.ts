/** The colours of a theme. */
export interface Look {
  background: string;
  text: string;
  /** Of what is said beside: units, axes, notes. */
  muted: string;
  grid: string;
  axis: string;
  /** Candles and volumes. */
  up: string;
  down: string;
  /** What was won and lost. */
  profit: string;
  loss: string;
  long: string;
  short: string;
  equity: string;
  hold: string;
  /** Of the named series, and of compared results, in this order. */
  lines: readonly string[];
}

export type Theme = "light" | "dark";
export const THEMES: readonly Theme[] = ["light", "dark"];

/** Colours that stay apart for the colour-blind too: each pair differs in lightness or in blue. */
export const LOOKS: Readonly<Record<Theme, Look>> = {
  light: {
    background: "#ffffff",
    text: "#17202b",
    muted: "#66717f",
    grid: "#edf0f3",
    axis: "#c8d0d8",
    up: "#5cb8ab",
    down: "#e0665f",
    profit: "#128a63",
    loss: "#d03c3c",
    long: "#1f5fe0",
    short: "#b3540a",
    equity: "#1f5fe0",
    hold: "#98a3b0",
    lines: ["#d98200", "#7a4fd0", "#0b86a3", "#c23c85", "#5f7d1c", "#3d4b5c"],
  },
  dark: {
    background: "#12171f",
    text: "#e8ecf1",
    muted: "#93a0af",
    grid: "#1f2731",
    axis: "#3a4552",
    up: "#3aa394",
    down: "#e2706b",
    profit: "#3fce9c",
    loss: "#ff7d7d",
    long: "#6aa5ff",
    short: "#f5a352",
    equity: "#6aa5ff",
    hold: "#6d7a89",
    lines: ["#ffc04d", "#b89bff", "#4cc9e0", "#f58cc0", "#b5d263", "#dfe7f0"],
  },
};

/** The font that is shipped, and others for where an SVG or a page is shown without it. */
export const FONT = "IBM Plex Sans";
export const FONTS = `${FONT}, Inter, system-ui, sans-serif`;

/** Sizes of texts, in pixels. */
export const TEXT = { title: 17, normal: 12, small: 11 } as const;

/** The colour of `lines` with number `i`; they are used again when there are no more. */
export function lineColour(look: Look, i: number): string {
  return look.lines[i % look.lines.length];
}
