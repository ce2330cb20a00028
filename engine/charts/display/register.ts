/**
 * Gives the classes that notebooks show their displays; imported for that. It loads nothing large:
 * ECharts and the rasteriser come with the first picture, danfo with the first frame.
 *
 * @module
 */

import { Candles } from "../../market/candles.ts";
import { InputError } from "../../market/errors.ts";
import { showFramesWith } from "../../market/frame_display.ts";
import { CrossValidation } from "../../research/cross_validation/cross_validation.ts";
import { PortfolioResult } from "../../research/portfolio_result.ts";
import { Result } from "../../research/result.ts";
import { SweepResult } from "../../research/sweep/sweep_result.ts";
import { Columns, Table } from "../../research/table.ts";
import { Expression } from "../../series/expression.ts";
import { expressionText } from "../../series/expression_text.ts";
import { MonteCarlo } from "../../research/monte_carlo/monte_carlo_result.ts";
import { WalkForward } from "../../search/walk_forward_result.ts";
import { Outputs } from "../../series/outputs.ts";
import { Strategy } from "../../strategy/strategy.ts";
import { strategyText } from "../../strategy/strategy_text.ts";
import { monteCarloFan } from "../monte_carlo_fan.ts";
import type { Picture } from "../picture.ts";
import { walkForwardStrip } from "../walk_forward_strip.ts";
import type { AnyResult } from "../run_caption.ts";
import { candlesDisplay } from "./candles_display.ts";
import { crossValidationDisplay } from "./cross_validation_display.ts";
import { frameDisplay } from "./frame_display.ts";
import { kernel, showAhead } from "./kernel.ts";
import { DISPLAY, INSPECT, type MimeBundle } from "./mime_bundle.ts";
import { outputsText } from "./outputs_text.ts";
import { resultCard, resultDisplay } from "./result_display.ts";
import { sweepDisplay } from "./sweep_display.ts";
import { columnsDisplay, tableDisplay } from "./table_display.ts";
import { textDisplay } from "./text_display.ts";

interface Class<T> {
  readonly prototype: T;
}

/** How a notebook shows the things of a class, and how `console.log` and `String` write them. */
function show<T extends object>(
  { prototype }: Class<T>,
  display: (it: T) => MimeBundle | Promise<MimeBundle>,
  text?: (it: T) => string,
): void {
  const give = <Given>(name: string | symbol, by: (it: T) => Given) => {
    const value = function (this: T) {
      return by(this);
    };
    Object.defineProperty(prototype, name, { value, configurable: true, writable: true });
  };
  give(DISPLAY, display);
  if (text === undefined) return;
  give(INSPECT, text);
  give("toString", text);
}

/** As `show`, for what is text alone. */
function showText<T extends object>(shown: Class<T>, text: (it: T) => string): void {
  show(shown, (it) => textDisplay(text(it)), text);
}

/** As `show`, for what has its text form at once. */
function showBundle<T extends object>(shown: Class<T>, display: (it: T) => MimeBundle): void {
  show(shown, display, (it) => display(it)["text/plain"]);
}

/** As `show`, for what is best seen as a picture. */
function showPicture<T extends object>(shown: Class<T>, draw: (it: T) => Picture): void {
  const display = async (it: T) => {
    const picture = draw(it), png = (await picture.png()).toBase64();
    return { "image/png": png, "text/plain": `${picture}` };
  };
  show(shown, display, (it) => `${draw(it)}`);
}

showBundle(Candles, candlesDisplay);
showBundle(Table, tableDisplay);
showBundle(Columns, columnsDisplay);
showBundle(CrossValidation, crossValidationDisplay);
showBundle(SweepResult, sweepDisplay);
showPicture(WalkForward, walkForwardStrip);
showPicture(MonteCarlo, monteCarloFan);
for (const shown of [Result, PortfolioResult] as const) {
  show<AnyResult>(
    shown,
    (result) => resultDisplay(result, showAhead),
    (result) => resultCard(result)["text/plain"],
  );
}
showText(Strategy, strategyText);
showText(Expression, expressionText);
showText(Outputs, outputsText);
show(InputError, ({ message }) => textDisplay(message));
showFramesWith(frameDisplay);
if (kernel) InputError.withoutStack = true;
