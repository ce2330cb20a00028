import axe from "axe-core";
import type { DrivenPage } from "../support/browser.ts";

/** What axe says of a page. */
interface Found {
  violations: { id: string; impact: string | null; nodes: { html: string }[] }[];
}

/** The faults that axe calls serious or critical: which rule, and where. */
export async function seriousFaults(page: DrivenPage): Promise<string[]> {
  // Not as a script of the page, which may have none but its own.
  await page.evaluate(`${axe.source}; undefined`);
  const { violations } = await page.evaluate<Found>(
    "axe.run().then(({ violations }) => ({ violations: violations.map(({ id, impact, nodes }) => " +
      "({ id, impact, nodes: nodes.map(({ html }) => ({ html })) })) }))",
  );
  return violations.filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
