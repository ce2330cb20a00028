import { formatNumber } from "../../metrics/format_number.ts";
import type { CrossValidation } from "../../research/cross_validation/cross_validation.ts";
import { counted, type Grid } from "./grid.ts";
import { gridDisplay } from "./grid_display.ts";
import type { MimeBundle } from "./mime_bundle.ts";

/** Which parts of the paths lie below what is shown. */
const PARTS = [0, 0.25, 0.5, 0.75, 1] as const;

/** How a notebook shows a cross-validation: where the Sharpe ratios of its paths lie. */
export function crossValidationDisplay(found: CrossValidation): MimeBundle {
  const { paths, splits, groups, chanceOfLoss, notes } = found;
  const names = ["worst", "a quarter below", "middle", "three quarters below", "best"];
  const ratios = PARTS.map((at) => formatNumber(found.quantile(at), "ratio"));
  const below = formatNumber(chanceOfLoss, "fraction");
  const grid: Grid = {
    columns: [
      { name: "path", right: false, cells: names },
      { name: "Sharpe out of sample", right: true, cells: ratios },
    ],
    cut: undefined,
    caption: `${counted(paths.length, "path")} through ${counted(groups, "group")}, of ` +
      `${counted(splits.length, "split")}; ${below} of them have none above 0${
        notes.map((note) => `; ${note}`).join("")
      }`,
  };
  return gridDisplay(grid);
}
