/**
 * The other side, a process of its own: the whole table drawn by React on the server, the same bytes each time as a prepared answer, and
 * streams of plain Node.js that all get one text. Reads rows and the prepared answer from the files it is given; says its port.
 */
import { createServer, type ServerResponse } from "node:http";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createGzip } from "node:zlib";
import { createElement as h } from "react";
import { renderToPipeableStream } from "react-dom/server";

const [rowsFile = "", preparedFile = ""] = process.argv.slice(2);
const rows = JSON.parse(readFileSync(rowsFile, "utf8")) as Record<string, unknown>[];
const prepared = readFileSync(preparedFile);
const COLUMNS = [
  "name",
  "status",
  "ip",
  "role",
  "tags",
  "vcpus",
  "memoryBytes",
  "storageBytes",
  "bootedAt",
  "inspectedAt",
  "statusSince",
  "macs",
  "version",
  "description",
];
const streams = new Set<ServerResponse>();

const cell = (value: unknown): string => (Array.isArray(value) ? value.join(", ") : String(value ?? "–"));

const Table = () =>
  h(
    "table",
    null,
    h("thead", null, h("tr", null, ...COLUMNS.map((column) => h("th", { key: column, scope: "col" }, column)))),
    h(
      "tbody",
      null,
      rows.map((row) =>
        h(
          "tr",
          { key: String(row.id), "aria-label": String(row.name) },
          ...COLUMNS.map((column) => h("td", { key: column, className: "cell" }, cell(row[column]))),
        ),
      ),
    ),
  );

const html = { "content-type": "text/html", "content-encoding": "gzip" };

const ANSWERS: Record<string, (response: ServerResponse) => void> = {
  "/table": (response) => {
    response.writeHead(200, html);
    renderToPipeableStream(h(Table)).pipe(createGzip()).pipe(response);
  },
  "/prepared": (response) => response.writeHead(200, html).end(prepared),
  "/stream": (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" }).flushHeaders();
    streams.add(response);
    response.on("close", () => streams.delete(response));
  },
};

const server = createServer((request, response) => {
  const answer = ANSWERS[request.url ?? ""];
  if (answer) return answer(response);
  response.writeHead(404).end();
}).listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port)); // it listens at a port

process.on("message", (text: string) => {
  for (const stream of streams) stream.write(`event: samples\ndata: ${text}\n\n`);
});
process.on("disconnect", () => process.exit());
