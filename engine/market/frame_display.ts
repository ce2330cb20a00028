/** How a notebook shows frames. */
type FrameDisplay<Frame> = (frame: Frame) => Record<string, string>;

let display: FrameDisplay<never> | undefined;

/** Has danfo's frames and series shown by `by`, also those that danfo makes of others. */
export function showFramesWith<Frame>(by: FrameDisplay<Frame>): void {
  display = by;
}

/**
 * Gives a class of danfo, and what it is derived from, its display: what `showFramesWith` says, or
 * danfo's own text. A frame's columns are of another class than the `Series` that danfo exports.
 */
export function makeShowable({ prototype }: { prototype: object }): void {
  const value = function (this: never) {
    return display ? display(this) : { "text/plain": String(this) };
  };
  const symbol = Symbol.for("Jupyter.display");
  Object.defineProperty(root(prototype), symbol, { value, configurable: true, writable: true });
}

function root(prototype: object): object {
  const parent = Object.getPrototypeOf(prototype);
  return parent === Object.prototype ? prototype : root(parent);
}
