/**
 * Styles stand in each element, for GitHub strips style sheets; colours are the page's own, or grey
 * enough for light and dark.
 */
const RULE = "1px solid rgba(128,128,128,0.35)";

/** Of a table. */
export const TABLE = "border-collapse:collapse;border:none;font-variant-numeric:tabular-nums";
/** Of a row. */
export const ROW = "background:none";
/** Of a cell. */
export const CELL = "padding:2px 10px;border:none;white-space:nowrap";
/** Of a cell that heads a column. */
export const HEAD = `${CELL};border-bottom:${RULE};font-weight:600`;
/** Of what is said besides. */
export const MUTED = "opacity:0.7;font-size:90%;padding:4px 10px";
