import { Refusal } from "../refusal.ts";

/** What is asked of a request that changes something. */
interface Asked {
  header(name: string): string | undefined;
}

/** Refuses what another site's page has a browser send: it must come from a page of this server. */
export function checkOrigin(request: Asked): void {
  const site = request.header("sec-fetch-site"), origin = request.header("origin");
  if (site !== undefined && site !== "same-origin") {
    throw new Refusal(403, "Only pages of this server may ask for that");
  }
  if (origin === undefined || !URL.canParse(origin)) {
    throw new Refusal(403, "Only pages of this server may ask for that: there is no Origin");
  }
  if (new URL(origin).host !== new URL(`http://${request.header("host")}`).host) {
    throw new Refusal(403, "Only pages of this server may ask for that: the Origin is another one");
  }
}
