import { read, send } from "./ask.js";
import { byId } from "./dom.js";

/** What every page has: where one is, and how one leaves. */
export async function openPage(name) {
  for (const link of document.querySelectorAll("nav a")) {
    if (link.dataset.page === name) link.setAttribute("aria-current", "page");
  }
  try {
    const { asks } = await read("/api/session");
    byId("log-out").hidden = !asks;
  } catch {
    // The connection says so itself.
  }
  byId("log-out").addEventListener("click", async () => {
    await send("/api/log-out");
    location.assign("/log-in");
  });
}
