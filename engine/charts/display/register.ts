/**
 * Gives the classes that notebooks show their displays; imported for that. It loads nothing large:
 * ECharts and the rasteriser come with the first picture, danfo with the first frame.
 *
 * @module
 */

import { Candles } from "../../market/candles.ts";
import { InputError } from "../../market/errors.ts";
import { showFramesWith } from "../../market/frame_display.ts";
import { Result } from "../../research/result.ts";
import { Columns, Table } from "../../research/table.ts";
import { Expression } from "../../series/expression.ts";
import { expressionText } from "../../series/expression_text.ts";
import { Strategy } from "../../strategy/strategy.ts";
import { strategyText } from "../../strategy/strategy_text.ts";
import { candlesDisplay } from "./candles_display.ts";
import { frameDisplay } from "./frame_display.ts";
import { DISPLAY, type MimeBundle } from "./mime_bundle.ts";
import { resultDisplay } from "./result_display.ts";
import { columnsDisplay, tableDisplay } from "./table_display.ts";
import { textDisplay } from "./text_display.ts";

interface Class<T> {
  readonly prototype: T;
}

function show<T extends object>(
  { prototype }: Class<T>,
  display: (it: T) => MimeBundle | Promise<MimeBundle>,
): void {
  const value = function (this: T) {
    return display(this);
  };
  Object.defineProperty(prototype, DISPLAY, { value, configurable: true, writable: true });
}

/** Deno's own interface to the notebook that it runs in, if it runs in one. */
const kernel = inKernel() ? Deno.jupyter : undefined;

/** Elsewhere than in a kernel, reading a member of `Deno.jupyter` throws. */
function inKernel(): boolean {
  try {
    return typeof Deno.jupyter?.display === "function";
  } catch {
    return false;
  }
}

show(Candles, candlesDisplay);
show(Table, tableDisplay);
show(Columns, columnsDisplay);
show(
  Result,
  (result) => resultDisplay(result, kernel && ((card) => kernel.display(card, { raw: true }))),
);
show(Strategy, (strategy) => textDisplay(strategyText(strategy)));
show(Expression, (expression) => textDisplay(expressionText(expression)));
show(InputError, ({ message }) => textDisplay(message));
showFramesWith(frameDisplay);
if (kernel) InputError.withoutStack = true;
