/** ECharts' heatmap on a canvas, without animation and without drawing in parts: the quickest way it has to the whole picture. */
import * as echarts from "echarts";

const COLOURS = ["#02141e", "#033c55", "#20688c", "#5f95b5", "#9ac5de"];
let chart;
let shown;

const points = (values) => {
  const data = [];
  values.forEach((value, cell) => {
    if (!Number.isNaN(value)) data.push([cell % shown.columns, Math.floor(cell / shown.columns), value]);
  });
  return data;
};

/** It would draw in the next frame; asked to, it draws at once. */
const flushed = (option) => {
  chart.setOption(option);
  chart.getZr().flush();
};

export const side = {
  draw: (host, cells, values) => {
    shown = cells;
    chart = echarts.init(host, null, { renderer: "canvas", width: cells.width, height: cells.height, devicePixelRatio: 1 });
    const axis = (count) => ({ type: "category", data: Array.from({ length: count }, (_, at) => at), show: false });
    flushed({
      animation: false,
      grid: { left: 0, top: 0, right: 0, bottom: 0 },
      xAxis: axis(cells.columns),
      yAxis: { ...axis(cells.rows), inverse: true },
      visualMap: { show: false, min: 0, max: 1, inRange: { color: COLOURS } },
      series: [
        {
          type: "heatmap",
          progressive: 0,
          data: points(values),
          itemStyle: { borderColor: "#0b0e14", borderWidth: 1 },
          label: { show: cells.labels, fontSize: 8, formatter: ({ value }) => String(Math.round(value[2] * 100)) },
        },
      ],
    });
  },
  recolour: (values) => flushed({ series: [{ data: points(values) }] }),
};
