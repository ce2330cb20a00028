import { standingOf } from "./bot_view.ts";
import { dataTroubles, seriesViews } from "./data_view.ts";
import { lookAtBots, MOST_BOTS } from "./followers.ts";
import type { DashboardPlace } from "./place.ts";

/** How long a database may take to say that it is there, in milliseconds. */
const PATIENCE = 5_000;

/** The most series that are looked at. */
export const MOST_SERIES = 1_000;

/** Whether all is as it should be, for whoever watches from outside. */
export interface DashboardHealth {
  status: "healthy" | "unhealthy";
  /** What is amiss, in words; empty if nothing is. */
  reasons: string[];
  /** What a person should look at, though nothing is missed for it. */
  warnings: string[];
  /** UTC milliseconds. */
  now: number;
  database: { healthy: boolean; latency: number; detail: string };
}

/** Never throws: what cannot be had is a reason. */
export async function dashboardHealth(place: DashboardPlace): Promise<DashboardHealth> {
  const { store, clock } = place, answered = new AbortController();
  const away = clock.sleep(PATIENCE, answered.signal).then(() => ({
    ...{
      healthy: false,
      latency: PATIENCE,
      detail: `it has not answered for ${PATIENCE / 1_000} s`,
    },
  }));
  const { healthy, latency, detail } = await Promise.race([store.healthCheck(), away]);
  const reasons = healthy ? [] : [`the database is away: ${detail}`];
  const warnings = receiverWarnings(place);
  if (healthy) {
    const look = lookAround(place).catch((error: Error) => ({
      ...{ reasons: [`the database is away: ${error.message}`], warnings: [] },
    }));
    const late = away.then(({ detail }) => ({
      reasons: [`the database: ${detail}`],
      warnings: [],
    }));
    const found = await Promise.race([look, late]);
    reasons.push(...found.reasons);
    warnings.push(...found.warnings);
  }
  answered.abort();
  const status = reasons.length === 0 ? "healthy" : "unhealthy";
  return { status, reasons, warnings, now: clock.now(), database: { healthy, latency, detail } };
}

/** Who cannot be notified, and since when: nobody is told of that by a notification. */
function receiverWarnings({ receivers }: DashboardPlace): string[] {
  return (receivers?.() ?? []).flatMap(({ name, trouble, lost }) => {
    if (!trouble) return [];
    const since = new Date(trouble.since).toISOString().slice(0, 19);
    const never = lost > 0
      ? `; ${lost} ${lost === 1 ? "happening is" : "happenings are"} lost`
      : "";
    return [`${name} has not been notified since ${since}Z: ${trouble.detail}${never}`];
  });
}

/** What is amiss with data and bots. */
async function lookAround({ store }: DashboardPlace) {
  const [{ now, bots }, series] = await Promise.all([
    lookAtBots(store),
    store.watch.series(MOST_SERIES),
  ]);
  const reasons = dataTroubles(seriesViews(series, bots, now), bots), warnings: string[] = [];
  for (const bot of bots) {
    const [tone, standing] = standingOf(bot, now), told = `bot ${bot.id}: ${standing}`;
    // They wait for a person, and all others go on.
    const waits = bot.status === "quarantined" || bot.status === "diverged";
    if (waits || tone === "warn") warnings.push(`${told}: ${bot.reason}`);
    else if (tone === "bad") reasons.push(told);
  }
  if (bots.length === MOST_BOTS) warnings.push(`only the first ${MOST_BOTS} bots are looked at`);
  return { reasons, warnings };
}
