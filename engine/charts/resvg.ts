/** The rasteriser, imported as `echarts.ts` is. */
export { Resvg } from "npm:@resvg/resvg-js@2.6.2";
