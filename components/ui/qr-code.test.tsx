import { decodeQR } from "qr/decode.js";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { QrCode } from "./qr-code";

/** The picture as a camera has it: `scale` px a module. */
function photograph(markup: string, scale: number) {
  const size = Number(/viewBox="0 0 (\d+)/.exec(markup)?.[1]);
  const [width, height] = [size * scale, size * scale];
  const data = new Uint8Array(width * height * 3).fill(255);
  for (const [, x, y, length] of markup.matchAll(/M(\d+) (\d+)h(\d+)v1/g)) {
    for (let row = 0; row < scale; row += 1) {
      const start = ((Number(y) * scale + row) * width + Number(x) * scale) * 3;
      data.fill(0, start, start + Number(length) * scale * 3);
    }
  }
  return { width, height, data };
}

it("is read back as it was written, and says what it is", () => {
  for (const text of [
    "https://regent.example.com/wall#uVq0Zx3mT0c3m1p5p6J2w0d3oK8k2Q9Jv5sT1Yx7bNE",
    "http://[fd00::1]:3000/settings/wall#screen=x_-",
  ]) {
    const markup = renderToStaticMarkup(<QrCode text={text} name="Address" />);
    expect(markup).toContain(`role="img" aria-label="Address"`);
    expect(decodeQR(photograph(markup, 4))).toBe(text);
  }
});
