import { FONTS, type Look } from "./look.ts";
import type { Option } from "./option.ts";

/** What every picture is drawn on, and its font; nothing moves when it appears. */
export function ground(look: Look): Option {
  return { animation: false, backgroundColor: look.background, textStyle: { fontFamily: FONTS } };
}
