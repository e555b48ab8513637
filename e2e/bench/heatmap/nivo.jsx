/** Nivo's heatmap on a canvas, without animation. */
import { HeatMapCanvas } from "@nivo/heatmap";
import { useState } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";

let shown;
let setValues;

const seriesOf = (values) =>
  Array.from({ length: shown.rows }, (_, row) => ({
    id: `r${row}`,
    data: Array.from({ length: Math.min(shown.columns, values.length - row * shown.columns) }, (_item, column) => {
      const value = values[row * shown.columns + column];
      return { x: `c${column}`, y: Number.isNaN(value) ? null : value };
    }),
  }));

const COLOURS = { type: "quantize", colors: ["#02141e", "#033c55", "#20688c", "#5f95b5", "#9ac5de"], minValue: 0, maxValue: 1 };
const label = ({ value }) => (value === null ? "" : String(Math.round(value * 100)));

function Chart({ initial }) {
  const [values, set] = useState(initial);
  setValues = set;
  return (
    <HeatMapCanvas
      width={shown.width}
      height={shown.height}
      data={seriesOf(values)}
      colors={COLOURS}
      emptyColor="#1c2230"
      borderWidth={1}
      borderColor="#0b0e14"
      enableLabels={shown.labels}
      label={label}
      axisTop={null}
      axisLeft={null}
      axisRight={null}
      axisBottom={null}
      animate={false}
      pixelRatio={1}
      legends={[]}
    />
  );
}

export const side = {
  draw: (host, cells, values) => {
    shown = cells;
    flushSync(() => createRoot(host).render(<Chart initial={values} />));
  },
  recolour: (values) => flushSync(() => setValues(values)),
};
