import { jsonAnswer, textAnswer } from "./answer.ts";
import { BOT_READERS, readBot } from "./api/bot_routes.ts";
import { seriesViews } from "./data_view.ts";
import { eventStream } from "./event_stream.ts";
import { type Followers, lookAtBots } from "./followers.ts";
import type { Gate } from "./gate.ts";
import type { Query } from "./guard/query.ts";
import { dashboardHealth, MOST_SERIES } from "./health.ts";
import { metricsText } from "./metrics_text.ts";
import type { DashboardPlace } from "./place.ts";

/** A request to be read from. */
export interface Reading {
  place: DashboardPlace;
  followers: Followers;
  gate: Gate;
  /** Aborts when the server ends. */
  over: AbortSignal;
  query: Query;
  /** Parts of the address that the route names, such as a bot's id. */
  param(name: string): string;
  /** Whether whoever asks may see everything. */
  isKnown: boolean;
}

/** What is answered at an address, all but the files of the page. */
export type ReadRoute = (reading: Reading) => Promise<Response> | Response;

/** Bots of which curves are given at once, and their points. */
const MOST_SPARKS = 100, SPARK_POINTS = 60;
/** Gaps that are shown. */
const GAPS = 100;

/** What may be read, by address. Nothing here changes anything. */
export const READ_ROUTES: Readonly<Record<string, ReadRoute>> = {
  "/health": readHealth,
  "/metrics": async ({ place, query }) => {
    query.end();
    const type = "text/plain; version=0.0.4; charset=utf-8";
    return textAnswer(await metricsText(place), 200, { "content-type": type });
  },
  "/api/events": ({ followers, over, query }) => {
    query.end();
    return eventStream(followers, over);
  },
  "/api/sparks": readSparks,
  "/api/data": readData,
  "/api/bots/:id": async ({ place, query, param }) =>
    jsonAnswer(await readBot(place, param("id"), query)),
  ...Object.fromEntries(
    Object.entries(BOT_READERS).map(([name, read]): [string, ReadRoute] => [
      `/api/bots/:id/${name}`,
      async ({ place, query, param }) => jsonAnswer(await read(place, param("id"), query)),
    ]),
  ),
};

/** Strangers, such as a load balancer, are told whether, but not why. */
async function readHealth({ place, query, isKnown }: Reading): Promise<Response> {
  query.end();
  const health = await dashboardHealth(place), { status } = health;
  return jsonAnswer(isKnown ? health : { status }, status === "healthy" ? 200 : 503);
}

async function readSparks({ place, query }: Reading): Promise<Response> {
  const ids = query.texts("id", MOST_SPARKS);
  query.end();
  const curves = await place.store.watch.equity(ids, SPARK_POINTS);
  const points = Array.from(curves, ([id, rows]) => [id, rows.map(({ equity }) => equity)]);
  return jsonAnswer({ sparks: Object.fromEntries(points) });
}

async function readData({ place, query }: Reading): Promise<Response> {
  query.end();
  const { store } = place;
  const [health, { now, bots }, series, gaps] = await Promise.all([
    dashboardHealth(place),
    lookAtBots(store),
    store.watch.series(MOST_SERIES),
    store.watch.recentGaps(GAPS),
  ]);
  return jsonAnswer({ now, health, series: seriesViews(series, bots, now), gaps });
}
