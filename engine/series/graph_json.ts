/** A scalar in JSON: a number or text, a parameter by name, or arithmetic on scalars. */
export type ScalarJson =
  | number
  | string
  | { param: string }
  | { op: string; inputs: ScalarJson[] };

/** What a node reads: another node or a candle column by name, or a scalar. */
export type InputJson = { ref: string } | ScalarJson;

/** A node of a graph. */
export interface NodeJson {
  op: string;
  /** The operator's version when the graph was written. */
  version: number;
  inputs: InputJson[];
  args?: Record<string, ScalarJson>;
  /** Which output, for operators that have several. */
  output?: string;
}

/** A strategy's nodes by name. The candle columns open, high, low, close and volume are there already. */
export type GraphJson = Record<string, NodeJson>;
