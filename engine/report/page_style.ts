import { FONTS, type Look, LOOKS, type Theme } from "../charts/look.ts";
import type { Colours } from "./themed_svg.ts";

/** Colours of the page itself, by the names of `Look`. */
const OWN = ["background", "text", "muted", "grid", "axis", "profit", "loss", "equity"] as const;

/** The style of a page: light, dark where the reader's screen is, and light on paper. */
export function pageStyle(colours: Colours): string {
  return `${variables(":root", "light", colours)}
@media screen and (prefers-color-scheme: dark) {
${variables(":root", "dark", colours)}
}
:root { color-scheme: light dark }
* { box-sizing: border-box }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth }
body { margin: 0; background: var(--background); color: var(--text); font: 14px/1.5 ${FONTS} }
main { max-width: 1048px; margin: 0 auto; padding: 28px 24px 64px }
h1 { font-size: 24px; line-height: 1.25; font-weight: 600; margin: 0 0 4px }
h2 { font-size: 20px; font-weight: 600; margin: 56px 0 0; padding-top: 16px; border-top: 2px solid var(--axis) }
h3 { font-size: 16px; font-weight: 600; margin: 40px 0 2px }
.group h3 { font-size: 13px; margin: 0 0 4px; padding-bottom: 3px; border-bottom: 1px solid var(--axis) }
p { margin: 0 0 10px; max-width: 110ch }
.muted, .about { color: var(--muted) }
p.muted { font-size: 12px; margin-top: 6px }
a { color: var(--equity); text-decoration: none }
nav { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 14px 0 0 }
.tiles { display: grid; grid-template-columns: repeat(5, 1fr); gap: 8px; margin: 20px 0 8px }
.tile { border: 1px solid var(--axis); border-radius: 6px; padding: 8px 12px }
.tile span { display: block; font-size: 12px; color: var(--muted) }
.tile b { font-size: 17px; font-weight: 600; white-space: nowrap }
.won { color: var(--profit) }
.lost { color: var(--loss) }
ul.notes { list-style: none; border-left: 3px solid var(--loss); padding: 2px 0 2px 14px; margin: 16px 0 }
ul { margin: 8px 0 12px; padding-left: 20px; max-width: 84ch }
figure { margin: 12px 0 20px }
svg { display: block; height: auto }
/* The drawing itself lines up with the text: pictures have this much to its left. */
.wide svg, .slides svg { width: 102.88%; margin-left: -2.88% }
.narrow { display: none }
.narrow svg { width: 107.14%; margin-left: -7.14% }
pre { font: 12.5px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; white-space: pre-wrap; overflow-wrap: anywhere; background: var(--grid); border-radius: 6px; padding: 12px 14px; margin: 10px 0 }
.scroll { overflow-x: auto; margin: 10px 0 0 }
.long { max-height: 440px; overflow-y: auto }
table { border-collapse: collapse; font-size: 12.5px; font-variant-numeric: tabular-nums }
th { position: sticky; top: 0; background: var(--background); font-weight: 600; white-space: nowrap; text-align: left; box-shadow: inset 0 -1px var(--axis) }
th, td { padding: 3px 12px 3px 0; vertical-align: top }
td { border-bottom: 1px solid var(--grid) }
.right { text-align: right; white-space: nowrap }
td:first-child { white-space: nowrap }
th.wraps { white-space: normal; min-width: 150px; max-width: 210px; vertical-align: bottom }
.groups { columns: 3 280px; column-gap: 28px; margin-top: 12px }
.group { break-inside: avoid; margin-bottom: 18px }
dl { margin: 0; font-size: 13px; font-variant-numeric: tabular-nums }
dl div { display: flex; justify-content: space-between; gap: 12px; border-bottom: 1px solid var(--grid); padding: 2px 0 }
dt { color: var(--muted) }
dd { margin: 0; text-align: right; overflow-wrap: anywhere }
.receipt .groups { columns: auto }
@media screen and (max-width: 640px) {
main { padding: 20px 14px 48px }
.wide { display: none }
.narrow { display: block }
.slides { overflow-x: auto }
.slides svg { width: 820px; margin-left: -28px }
.tiles { grid-template-columns: repeat(2, 1fr) }
}
@media print {
@page { margin: 14mm }
body { font-size: 11px }
main { max-width: none; padding: 0 }
nav { display: none }
h2 { break-before: page; border: 0; margin: 0 }
h3 { break-after: avoid; margin-top: 22px }
.about { break-after: avoid }
figure, .tile, tr { break-inside: avoid }
.scroll, .long { max-height: none; overflow: visible }
table { font-size: 8.5px }
th { position: static }
th, td { padding-right: 6px }
}`;
}

function variables(selector: string, theme: Theme, colours: Colours): string {
  const look: Look = LOOKS[theme];
  const own = OWN.map((name) => `--${name}: ${look[name]}`);
  const drawn = [...colours].sort().map(([name, values]) => `${name}: ${values[theme]}`);
  return `${selector} { ${[...own, ...drawn].join("; ")} }`;
}
