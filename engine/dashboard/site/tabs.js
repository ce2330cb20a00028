import { el } from "./dom.js";

/** Tabs over one panel, for the mouse and for arrow keys. `show` fills the panel with a tab's content. */
export function openTabs(list, panel, names, show) {
  const tabs = names.map((name) =>
    el("button", {
      type: "button",
      role: "tab",
      id: `tab-${name}`,
      "aria-controls": panel.id,
      onclick: () => choose(name),
    }, name)
  );
  const choose = (name, focus = false) => {
    for (const tab of tabs) {
      const isIt = tab.id === `tab-${name}`;
      tab.setAttribute("aria-selected", String(isIt));
      tab.tabIndex = isIt ? 0 : -1;
      if (isIt && focus) tab.focus();
    }
    panel.setAttribute("aria-labelledby", `tab-${name}`);
    list.dataset.chosen = name;
    show(name);
  };
  list.addEventListener("keydown", ({ key }) => {
    const at = names.indexOf(list.dataset.chosen), last = names.length - 1;
    const to = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at === 0 ? last : at - 1,
      Home: 0,
      End: last,
    }[key];
    if (to !== undefined) choose(names[to], true);
  });
  list.replaceChildren(...tabs);
  choose(names[0]);
}
