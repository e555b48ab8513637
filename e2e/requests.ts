/** Requests without a browser: what a page sent, sent again as somebody else would. */
import { request as open } from "node:http";
import type { Page, Request } from "@playwright/test";

export type Sent = { url: string; headers: Record<string, string>; body: string };
export type Answer = { status: number; text: string };

export const sentBy = async (request: Request): Promise<Sent> => ({
  url: request.url(),
  headers: await request.allHeaders(),
  body: request.postData() ?? "",
});

/** The server action that a press sends; the press itself reaches nobody. */
export async function caught(page: Page, press: () => Promise<void>): Promise<Sent> {
  const isAction = (url: URL) => url.pathname.startsWith("/nodes");
  const sent = new Promise<Sent>((resolve) => {
    void page.route(isAction, async (route) => {
      const request = route.request();
      if (request.method() !== "POST") return route.fallback();
      resolve(await sentBy(request));
      return route.abort();
    });
  });
  await press();
  const caughtRequest = await sent;
  await page.unroute(isAction);
  return caughtRequest;
}

/** The same request with other headers (null leaves one out) or another body. */
export function send({ url, headers, body }: Sent, changed: Record<string, string | null> = {}, text = body): Promise<Answer> {
  const own = Object.entries({ ...headers, ...changed }).filter((entry): entry is [string, string] => entry[1] !== null);
  const plain = Object.fromEntries(own.filter(([name]) => !/^(:|content-length$|accept-encoding$|connection$)/.test(name)));
  return new Promise((resolve, reject) => {
    const request = open(url, { method: "POST", headers: { ...plain, "content-length": Buffer.byteLength(text) } }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString("utf8") }));
      response.on("error", reject);
    });
    request.on("error", reject);
    request.end(text);
  });
}

/** The cookie header of a page's session. */
export const cookieOf = async (page: Page): Promise<string> =>
  (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");

/** The body of a server action: its arguments, of which the first is the input and the second the request's own key. */
export const withInput = ({ body }: Sent, change: Record<string, unknown>, key: string): string => {
  const [input] = JSON.parse(body) as [Record<string, unknown>];
  return JSON.stringify([{ ...input, ...change }, key]);
};
