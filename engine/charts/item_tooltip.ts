import { FONTS, type Look, TEXT } from "./look.ts";
import type { Option } from "./option.ts";

/** What a page says of the thing that a reader points at: the `lines` of its data. */
export function itemTooltip(look: Look): Option {
  return { ...tooltipStyle(look), trigger: "item", formatter: { format: "lines" } };
}

/** How the tooltips of every page are set. */
export function tooltipStyle(look: Look): Option {
  return {
    backgroundColor: look.background,
    borderColor: look.axis,
    textStyle: { color: look.text, fontSize: TEXT.small, fontFamily: FONTS },
    padding: [6, 10],
    confine: true,
  };
}
