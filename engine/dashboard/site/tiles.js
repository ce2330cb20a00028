import { el, setClass, setText } from "./dom.js";

/** A few numbers that are read first: `[label, text, tone?, detail?]` each. */
export function showTiles(list, tiles) {
  while (list.children.length > tiles.length) list.lastChild.remove();
  tiles.forEach(([label, text, tone = "", detail = ""], i) => {
    const tile = list.children[i] ?? list.appendChild(
      el("div", { class: "tile" }, el("dt"), el("dd"), el("dd", { class: "detail" })),
    );
    const [name, value, more] = tile.children;
    setText(name, label);
    setText(value, text);
    setClass(value, tone);
    setText(more, detail);
  });
}

/** Whether a number is a gain or a loss. */
export const toneOf = (value) => value > 0 ? "won" : value < 0 ? "lost" : "";
