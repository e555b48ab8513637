/**
 * From which address a request came. What stands in a header, its sender wrote; Next believes it from anybody. So the address is taken
 * from the connection, before Next sees the request, and a header is believed only from proxies that are listed.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { clientOf } from "./domain/networks";

// Next evaluates modules more than once in one process; who notes it and who asks for it must share it.
const shared = globalThis as typeof globalThis & { regentClient?: AsyncLocalStorage<string> };
const client = (): AsyncLocalStorage<string> => (shared.regentClient ??= new AsyncLocalStorage());

/** Of every request that comes from now on. `proxies` are those whose X-Forwarded-For is believed. */
export function noteClients(proxies: readonly string[]): void {
  subscribe("http.server.request.start", (message) => {
    const { headers, socket } = (message as { request: IncomingMessage }).request; // as Node.js documents it
    client().enterWith(clientOf(socket.remoteAddress ?? "", String(headers["x-forwarded-for"] ?? ""), proxies));
  });
}

/** Of the request that is being answered; empty where it is not known, which is within no network. */
export const clientAddress = (): string => client().getStore() ?? "";
