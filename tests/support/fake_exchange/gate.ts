import type { Dialect, Exchange } from "./dialect.ts";
import type { FaultInjector } from "./fault_injector.ts";
import type { HttpAnswer, HttpRequest } from "./http_server.ts";
import { rateLimiter } from "./rate_limiter.ts";

const DOWN: HttpAnswer = { status: 503, body: '{"code":"50001","msg":"Service unavailable"}' };

/** What is asked over HTTP, how often it may be asked, and what faults make of it. */
export class Gate {
  /** How many requests were refused for being too many. */
  refused = 0;
  private readonly limiters: { path: RegExp; isAllowed: () => boolean }[];
  private readonly mayConnect: () => boolean;

  constructor(
    private readonly dialect: Dialect,
    private readonly exchange: Exchange,
    private readonly faults: FaultInjector,
    isLimited: boolean,
  ) {
    const { limits, connects } = dialect;
    this.limiters = isLimited
      ? limits.map(({ path, requests, within }) => {
        return { path, isAllowed: rateLimiter(requests, within) };
      })
      : [];
    const { requests, within } = connects;
    this.mayConnect = rateLimiter(isLimited ? requests : Infinity, within);
  }

  /** The answer to a request; `undefined` lets it hang. */
  answer(request: HttpRequest): HttpAnswer | undefined {
    const limiter = this.limiters.find(({ path }) => path.test(request.path));
    if (limiter && !limiter.isAllowed()) return this.refusal();
    const right = (request: HttpRequest) => this.dialect.answer(request, this.exchange);
    return this.faults.pages.answer(request, right);
  }

  /** Why no WebSocket is opened, if none is. */
  refuseSocket(): HttpAnswer | undefined {
    if (this.faults.isDown) return DOWN;
    return this.mayConnect() ? undefined : this.refusal();
  }

  private refusal(): HttpAnswer {
    this.refused++;
    return this.dialect.tooMany;
  }
}
