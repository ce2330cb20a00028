/** The rasteriser; it is not in the import map for the reason in `echarts.ts`. */
export { Resvg } from "npm:@resvg/resvg-js@2.6.2";
