import { expect, it } from "vitest";
import { undisturbed } from "./browser.mjs";

it("leaves the environment as it was, whatever ran in it", async () => {
  const before = { ...process.env };
  const seen = await undisturbed({ TMPDIR: "/elsewhere", AWS_LAMBDA_JS_RUNTIME: "x" }, async () => {
    Object.assign(process.env, { FONTCONFIG_PATH: "/not/there", LANG: "xx" });
    return [process.env.TMPDIR, process.env.AWS_LAMBDA_JS_RUNTIME];
  });
  expect(seen).toEqual(["/elsewhere", "x"]);
  expect({ ...process.env }).toEqual(before);
  await expect(undisturbed({ LANG: "yy" }, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect({ ...process.env }).toEqual(before);
});
