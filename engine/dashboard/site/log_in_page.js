import { byId, setText } from "./dom.js";

byId("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  setText(byId("wrong"), "");
  try {
    const response = await fetch("/api/log-in", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ token: byId("token").value }),
    });
    if (response.ok) return location.assign("/");
    setText(byId("wrong"), (await response.json()).error);
  } catch {
    setText(byId("wrong"), "The server does not answer");
  }
  byId("token").select();
});
byId("token").focus();
