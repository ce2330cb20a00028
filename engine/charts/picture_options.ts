import { checkOptions } from "../market/check_options.ts";
import { InputError } from "../market/errors.ts";
import { type Look, LOOKS, type Theme, THEMES } from "./look.ts";

/** What every picture may be told. */
export interface PictureOptions {
  /** In pixels; a PNG has twice as many each way. */
  size?: { width?: number; height?: number };
  /** Colours for a light background (the default) or a dark one. */
  theme?: Theme;
  /** The instrument, such as `BTC/USDT`: it names the units of prices, volume and money. */
  symbol?: string;
  /** What stands above the picture instead of the strategy and its parameters. */
  title?: string;
  /** Whether title, span and key numbers stand above the picture; by default they do. */
  heading?: boolean;
}

/** The options that every picture has, by name. */
export const PICTURE_OPTIONS = ["size", "theme", "symbol", "title", "heading"] as const;

/** The options with what is left out filled in. */
export interface Settled {
  size: { width: number; height: number };
  look: Look;
  symbol: string;
  base: string;
  quote: string;
  /** Whether the heading is drawn. */
  headed: boolean;
}

const LEAST = { width: 360, height: 200 }, MOST = 8000;

/** Checks the options of a picture that is by itself `size` pixels large. */
export function settle(
  options: PictureOptions,
  size: { width: number; height: number },
): Settled {
  const { theme = "light", symbol = "", size: asked = {}, heading = true } = options;
  if (!Object.hasOwn(LOOKS, theme)) {
    throw new InputError(`Cannot draw: theme must be ${THEMES.join(" or ")}, not "${theme}"`);
  }
  if (typeof heading !== "boolean") {
    throw new InputError(`Cannot draw: heading must be true or false, not "${heading}"`);
  }
  checkOptions(asked, ["width", "height"], "size");
  const [base, quote = ""] = symbol.split("/");
  return {
    size: {
      width: pixels("width", asked.width ?? size.width),
      height: pixels("height", asked.height ?? Math.max(LEAST.height, size.height)),
    },
    look: LOOKS[theme],
    symbol,
    base: quote === "" ? "" : base,
    quote: quote.split(":")[0],
    headed: heading,
  };
}

/** The error for a picture that does not fit into the size that was asked for. */
export function tooSmall(
  name: "width" | "height",
  value: number,
  least: number,
  otherwise = "",
): InputError {
  const or = otherwise === "" ? "" : `, or ${otherwise}`;
  return new InputError(
    `Cannot draw: size.${name} must be ${Math.ceil(least)} pixels or more for this picture, ` +
      `not ${value}${or}`,
  );
}

function pixels(name: "width" | "height", value: number): number {
  if (Number.isFinite(value) && value >= LEAST[name] && value <= MOST) return Math.round(value);
  throw new InputError(
    `Cannot draw: size.${name} must be ${LEAST[name]} to ${MOST} pixels, not ${value}`,
  );
}
