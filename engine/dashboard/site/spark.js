const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 120, HEIGHT = 32, EDGE = 2;

/** A small picture of a curve: it says where it has been, and the numbers beside it how far. */
export function sparkPicture(values, gain) {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
  paintSpark(picture, gain);
  picture.setAttribute("aria-hidden", "true");
  picture.setAttribute("preserveAspectRatio", "none");
  if (values.length < 2) return picture;
  const points = placed(values);
  const line = points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
  picture.append(
    shape("polygon", `${EDGE},${HEIGHT} ${line} ${WIDTH - EDGE},${HEIGHT}`, "area"),
    shape("polyline", line, "line"),
  );
  return picture;
}

/** Gives a curve the colour of what was won or lost. */
export function paintSpark(picture, gain) {
  picture.setAttribute("class", `spark ${gain > 0 ? "won" : gain < 0 ? "lost" : "muted"}`);
}

function placed(values) {
  const low = Math.min(...values), span = Math.max(...values) - low;
  return values.map((value, i) => [
    EDGE + i / (values.length - 1) * (WIDTH - 2 * EDGE),
    span === 0 ? HEIGHT / 2 : HEIGHT - EDGE - (value - low) / span * (HEIGHT - 2 * EDGE),
  ]);
}

function shape(name, points, className) {
  const made = document.createElementNS(SVG, name);
  made.setAttribute("points", points);
  made.setAttribute("class", className);
  return made;
}
