/** A request that is refused, and why: `status` is the answer's, `message` is for who asked. */
export class Refusal extends Error {
  override name = "Refusal";

  constructor(
    readonly status: 400 | 401 | 403 | 404 | 405 | 408 | 413 | 414 | 415 | 421 | 429 | 503,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}
