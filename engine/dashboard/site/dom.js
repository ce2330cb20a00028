/** Makes an element. What is written into it is text, whatever it looks like. */
export function el(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "class") made.className = value;
    else if (name === "dataset") Object.assign(made.dataset, value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== undefined && child !== null));
  return made;
}

/** The element of that id. */
export const byId = (id) => document.getElementById(id);

/** Changes the text of an element only where it is another one: nothing is drawn again for nothing. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Has an element say a class, or not. */
export function setClass(element, name) {
  if (element.className !== name) element.className = name;
}

/** A place that scrolls by itself, with the keyboard, too. */
export function scrolling(name, content, more = "") {
  const properties = {
    class: `scroll ${more}`.trim(),
    tabindex: "0",
    role: "region",
    "aria-label": name,
  };
  return el("div", properties, content);
}
