/** A graph: what each node points at. */
export type Arrows = ReadonlyMap<string, ReadonlySet<string>>;

/** A way round in the graph, such as `["a", "b", "a"]`, if there is one. */
export function findCycle(arrows: Arrows): string[] | undefined {
  const done = new Set<string>();
  const visit = (node: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node];
    if (done.has(node)) return undefined;
    for (const next of arrows.get(node) ?? []) {
      const cycle = visit(next, [...path, node]);
      if (cycle) return cycle;
    }
    done.add(node);
  };
  for (const node of arrows.keys()) {
    const cycle = visit(node, []);
    if (cycle) return cycle;
  }
}
