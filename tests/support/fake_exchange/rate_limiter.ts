/** Allows so many calls within a span of real time, counted from each call back. */
export function rateLimiter(requests: number, within: number): () => boolean {
  const calls: number[] = [];
  return () => {
    const now = performance.now();
    while (calls.length > 0 && calls[0] <= now - within) calls.shift();
    if (calls.length >= requests) return false;
    calls.push(now);
    return true;
  };
}
