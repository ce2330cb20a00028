import { CURVE_COLUMNS } from "../../engine/account/equity_curve.ts";
import { type Asked, decideCandles } from "../../engine/run/decide_candles.ts";
import { Run, type RunSpec } from "../../engine/run/run.ts";
import { CHUNK_ROWS } from "../../engine/series/plan.ts";
import type { MakeMachine } from "./chunk_law.ts";
import { tell } from "./told.ts";

/**
 * A machine of a strategy and its account, which takes candles as backtests and bots do: its columns are
 * the curve, its reports what is read from the records. `asked` is what people ask of it meanwhile.
 */
export function runMachine(
  spec: RunSpec,
  rows: number,
  make = (spec: RunSpec) => new Run(spec),
  asked: readonly Asked[] = [],
): MakeMachine {
  return (chunk, output) => {
    const { columns, told } = output;
    // More rows than a plan takes at once are a backtest's: the driver cuts them.
    const run = make({ ...spec, chunk: Math.min(chunk, CHUNK_ROWS) });
    const column = (name: string) => {
      if (!columns.has(name)) columns.set(name, new Float64Array(rows));
      return columns.get(name)!;
    };
    return {
      advance(candles, from, to) {
        const decided = decideCandles(run.driver, candles, { from, to, asked });
        tell(told, decided);
        for (const name of CURVE_COLUMNS) column(name).set(decided.curve[name], output.written);
        output.written += decided.candles.length;
      },
      counts() {
        const { counts, fees, turnover, funding } = run.account.report(1);
        return { ...counts, fees, turnover, funding };
      },
      save: () => run.save(),
      restore: (bytes) => run.restore(bytes),
      replay: run.replays ? (candles) => run.replay(candles) : undefined,
    };
  };
}
