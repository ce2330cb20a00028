import { type Random, seededRandom } from "../../../data/random.ts";
import type { Dialect } from "./dialect.ts";
import type { Fault, PageFault } from "./fault_plan.ts";
import type { HttpAnswer, HttpRequest } from "./http_server.ts";

/** At most so many ids or milliseconds does a page overlap the one before it. */
const OVERLAP = 50;

/** Spoils the answers to the next requests. */
export class PageFaults {
  private readonly pending: { name: PageFault; left: number; random: Random }[] = [];

  constructor(
    private readonly dialect: Dialect,
    private readonly count: (name: PageFault) => void,
  ) {}

  /** Lets a fault begin: it stays until it has hit its number of requests. */
  begin(fault: Fault): void {
    const name = fault.class as PageFault;
    this.pending.push({ name, left: fault.times, random: seededRandom(fault.seed) });
  }

  /** The answer to a request as `right` gives it, or what becomes of it. */
  answer(
    request: HttpRequest,
    right: (request: HttpRequest) => HttpAnswer,
  ): HttpAnswer | undefined {
    const pending = this.pending[0];
    if (!pending || !this.dialect.asksForTrades(request)) return right(request);
    const answer = this.spoilt(pending.name, pending.random, request, right);
    if (answer === "as it is") return right(request);
    if (--pending.left === 0) this.pending.shift();
    this.count(pending.name);
    return answer;
  }

  private spoilt(
    name: PageFault,
    random: Random,
    request: HttpRequest,
    right: (request: HttpRequest) => HttpAnswer,
  ): HttpAnswer | undefined | "as it is" {
    if (name === "429") return this.dialect.tooMany;
    if (name === "500") return this.dialect.failed;
    if (name === "timeout") return undefined;
    if (name === "overlapping") {
      const shifted = shift(request, this.dialect.cursors, 1 + Math.floor(random() * OVERLAP));
      return shifted ? right(shifted) : "as it is";
    }
    const answer = right(request), rows = this.dialect.rows(answer.body);
    if (rows.length === 0) return "as it is";
    if (name === "empty") return { ...answer, body: this.dialect.withRows(answer.body, []) };
    if (rows.length === 1 || random() < 0.3) {
      return { ...answer, body: answer.body.slice(0, answer.body.length >> 1) };
    }
    const some = rows.slice(0, 1 + Math.floor(random() * (rows.length - 1)));
    return { ...answer, body: this.dialect.withRows(answer.body, some) };
  }
}

/** The request for a page that begins `by` earlier, if it says where its page begins. */
function shift(
  request: HttpRequest,
  cursors: Dialect["cursors"],
  by: number,
): HttpRequest | undefined {
  const query = new URLSearchParams(request.query);
  const name = Object.keys(cursors).find((name) => query.has(name));
  if (name === undefined) return undefined;
  query.set(name, `${BigInt(query.get(name)!) + BigInt(cursors[name] * by)}`);
  return { ...request, query };
}
