/** Red, green and blue of a colour such as `#12a0ff`, 0 to 255. */
function channels(colour: string): number[] {
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
}

/** `share` of one colour, laid over another. */
export function mixed(below: string, above: string, share: number): string {
  const under = channels(below), over = channels(above);
  const parts = under.map((value, i) => Math.round(value + share * (over[i] - value)));
  return `#${parts.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

/** How well two colours can be told apart, 1 to 21: the contrast ratio of WCAG 2. */
export function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** The one of some colours that is read best on a ground. */
export function readableOn(ground: string, colours: readonly string[]): string {
  return colours.reduce((best, colour) =>
    contrast(colour, ground) > contrast(best, ground) ? colour : best
  );
}

function luminance(colour: string): number {
  const [red, green, blue] = channels(colour).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
