import { shortfalls, verdict } from "../../domain/adequacy";
import { suggestedMacs } from "../../domain/links";
import { InspectRequest, InspectResult } from "../../domain/requests";
import { formatBytes } from "../../domain/units";
import { db } from "../../db";
import type { Operation } from "../../generated/prisma/client";
import { refuse } from "../../outcome";
import { probe, privilegeOf } from "../../machines/ask";
import { readRegion } from "../../services/region";
import { withPassword } from "../reach";
import { ended, keepResult, type Step } from "./step";

const request = (operation: Operation) => InspectRequest.parse(operation.request);

const authentication: Step = async (operation) => {
  const login = request(operation);
  const privilege = await withPassword(operation, login, privilegeOf);
  if (!privilege.ok) return privilege;
  await keepResult(operation, { privilege: privilege.value });
  return ended(`${login.user} logged in`);
};

const PRIVILEGE_DETAIL = { root: "root", sudo: "sudo without a password" } as const;

const privilege: Step = async (operation) => {
  const found = InspectResult.partial().parse(operation.result).privilege ?? "none";
  if (found !== "none") return ended(PRIVILEGE_DETAIL[found]);
  return ended(`${request(operation).user} is not root and has no sudo without a password: less can be read, and a join is not possible`, {
    state: "warning",
  });
};

const inventory: Step = async (operation) => {
  const found = await withPassword(operation, request(operation), probe);
  if (!found.ok) return found;
  const { cpu, memory, links } = found.value;
  await keepResult(operation, { inventory: found.value, inspectedAt: (await readRegion(db)).now.toISOString() });
  const detail = `${cpu.threads} vCPUs, ${formatBytes(memory.totalBytes)}, ${links.length} links`;
  return ended(found.value.missing.length ? `${detail}; ${found.value.missing.length} readings missing` : detail, {
    state: found.value.missing.length ? "warning" : "ok",
  });
};

const adequacy: Step = async (operation) => {
  const { inventory } = InspectResult.parse(operation.result);
  const { settings } = await readRegion(db);
  const judged = verdict(inventory, settings.requirements, request(operation).role);
  await keepResult(operation, { verdict: judged });
  if (judged.adequate) return ended("Meets every requirement");
  return ended(shortfalls(judged).join("; "), { state: "warning" });
};

const macs: Step = async (operation) => {
  const { inventory } = InspectResult.parse(operation.result);
  const suggested = suggestedMacs(inventory, operation.ip);
  if (!suggested.length && !inventory.links.some(({ address }) => address))
    return refuse("no-links", `No network interface with a MAC address was found on ${operation.ip}.`);
  await keepResult(operation, { suggestedMacs: suggested });
  return ended(`${suggested.length} suggested`);
};

export const inspectSteps = { authentication, privilege, inventory, adequacy, macs };
