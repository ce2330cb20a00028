/** How a notebook shows frames. */
type FrameDisplay<Frame> = (frame: Frame) => Record<string, string>;

let display: FrameDisplay<never> | undefined;

/** Has danfo's frames and series shown by `by`, also those that danfo makes of others. */
export function showFramesWith<Frame>(by: FrameDisplay<Frame>): void {
  display = by;
}

/**
 * Gives a class of danfo, and what it is derived from, its display: what `showFramesWith` says, or
 * danfo's own text. `console.log` writes the text of it, and not all that is in it. A frame's columns are of another class than the `Series` that danfo exports.
 */
export function makeShowable({ prototype }: { prototype: object }): void {
  const shown = function (this: never) {
    return display ? display(this) : { "text/plain": String(this) };
  };
  const written = function (this: never) {
    return shown.call(this)["text/plain"];
  };
  for (
    const [symbol, value] of [["Jupyter.display", shown], ["Deno.customInspect", written]] as const
  ) {
    Object.defineProperty(root(prototype), Symbol.for(symbol), {
      value,
      configurable: true,
      writable: true,
    });
  }
}

function root(prototype: object): object {
  const parent = Object.getPrototypeOf(prototype);
  return parent === Object.prototype ? prototype : root(parent);
}
