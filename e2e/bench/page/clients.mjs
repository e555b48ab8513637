/** Browsers for the benchmark of the web process, as far as it sees them: requests that keep their connections, and streams that stay. */
import { Agent, request } from "node:http";

/** @returns {Promise<import("node:http").IncomingMessage>} */
const answerOf = (url, options) =>
  new Promise((resolve, reject) => {
    request(url, options, (answer) => {
      if (answer.statusCode === 200) return resolve(answer);
      answer.resume();
      reject(new Error(`${url} answered ${answer.statusCode}.`));
    })
      .on("error", reject)
      .end();
  });

const cookiesOf = (answer) => answer.headers.getSetCookie().map((cookie) => cookie.split(";")[0]);

/** Signs in by one-time links, as the page of a link does. Returns the headers of as many browsers. */
export async function signIn(url, links) {
  const asked = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = await asked.json();
  const headers = { "content-type": "application/x-www-form-urlencoded", cookie: cookiesOf(asked).join("; ") };
  const signedIn = [];
  for (const token of links) {
    const body = new URLSearchParams({ csrfToken, token, json: "true" });
    const answer = await fetch(`${url}/api/auth/callback/link`, { method: "POST", headers, body });
    const session = cookiesOf(answer).find((cookie) => cookie.startsWith("regent.session="));
    if (!session) throw new Error(`Nobody was signed in: ${await answer.text()}`);
    signedIn.push({ cookie: session });
  }
  return signedIn;
}

/** Asks so often for one address, some at once. Bytes are those on the wire, without the headers. */
export async function ask(url, headers, count, atOnce) {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  let [asked, bytes] = [0, 0];
  const one = async () => {
    while (asked < count) {
      asked += 1;
      const answer = await answerOf(url, { agent, headers: { "accept-encoding": "gzip", ...headers } });
      for await (const part of answer) bytes += part.length;
    }
  };
  const begun = performance.now();
  await Promise.all(Array.from({ length: atOnce }, one));
  agent.destroy();
  return { perSecond: (count * 1000) / (performance.now() - begun), bytes: bytes / count };
}

const TICK = Buffer.from("event: samples\n");

/** As many open streams as there are headers; `ticks` counts what each of them has heard. */
export async function listen(url, headers, atOnce = 16) {
  const ticks = headers.map(() => 0);
  const answers = [];
  let next = 0;
  const open = async () => {
    while (next < headers.length) {
      const own = next++;
      const answer = await answerOf(url, { agent: false, headers: headers[own] });
      answer.on("error", () => {}); // it was closed by us
      answer.on("data", (part) => {
        if (part.includes(TICK)) ticks[own] += 1;
      });
      answers.push(answer);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, open));
  return {
    ticks,
    close: () => {
      for (const answer of answers) answer.destroy();
    },
  };
}
