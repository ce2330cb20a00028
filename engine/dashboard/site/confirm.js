import { el } from "./dom.js";

/** Asks whether somebody means it. Resolves with the reason that they give, or with nothing. */
export function confirmed({ title, text, action, isGrave }) {
  const { promise, resolve } = Promise.withResolvers();
  const reason = el("input", {
    type: "text",
    id: "reason",
    maxlength: "200",
    autocomplete: "off",
    placeholder: "Why, for the record (may be empty)",
    "aria-label": "Why",
  });
  const dialog = el(
    "dialog",
    { "aria-labelledby": "confirm-title", "aria-describedby": "confirm-text" },
    el("h2", { id: "confirm-title" }, title),
    el("p", { id: "confirm-text", class: "muted" }, text),
    el(
      "form",
      { method: "dialog" },
      reason,
      el("button", { type: "button", onclick: () => dialog.close() }, "Cancel"),
      el("button", { type: "submit", class: isGrave ? "danger" : "main", value: "yes" }, action),
    ),
  );
  dialog.addEventListener("close", () => {
    dialog.remove();
    resolve(dialog.returnValue === "yes" ? reason.value : undefined);
  });
  document.body.append(dialog);
  dialog.showModal();
  return promise;
}

/** Says something that goes by itself. */
export function toast(text, isBad = false) {
  const place = document.querySelector(".toasts") ??
    document.body.appendChild(el("div", { class: "toasts", role: "status" }));
  const made = el("p", { class: isBad ? "toast bad" : "toast" }, text);
  place.append(made);
  setTimeout(() => made.remove(), isBad ? 12000 : 6000);
}
