"use client";

import { Plus } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field, FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { normaliseMac } from "@/lib/domain/address";
import type { Link } from "@/lib/domain/inventory";
import { findLinks, ownMac, physicalLinks } from "@/lib/domain/links";
import { formatSpeed } from "@/lib/domain/units";
import { DIALOGS, FIELDS, HELP } from "@/lib/messages/mission";

type MacFieldsProps = { macs: string[]; onChange: (macs: string[]) => void; links: readonly Link[]; error: string | null };

/** The converged MAC addresses: ticked from what was found on the machine, or typed. Several can be pasted at once. */
export function MacFields({ macs, onChange, links, error }: MacFieldsProps) {
  const found = physicalLinks({ links: [...links] });
  const offered = new Set(found.map(ownMac));
  const typed = macs.map((mac, index) => ({ mac, index })).filter(({ mac }) => !offered.has(normaliseMac(mac)));
  const toggle = (mac: string, on: boolean) =>
    onChange(on ? [...macs.filter(Boolean), mac] : macs.filter((other) => normaliseMac(other) !== mac));
  const write = (index: number, text: string) => onChange(macs.flatMap((mac, at) => (at === index ? text.split(/[\s,;]+/) : mac)));
  return (
    <fieldset className="grid gap-3" aria-describedby={error ? "macs-error" : undefined}>
      <legend className="font-medium">{FIELDS.macs}</legend>
      <p className="text-sm text-muted">{HELP.macs}</p>
      {found.length > 0 && (
        <div className="grid gap-1.5">
          {found.map((link) => {
            const mac = ownMac(link) ?? "";
            const checked = macs.some((chosen) => normaliseMac(chosen) === mac);
            return (
              <Checkbox
                key={mac}
                checked={checked}
                onChange={(event) => toggle(mac, event.target.checked)}
                label={<LinkLabel link={link} mac={mac} />}
              />
            );
          })}
        </div>
      )}
      {typed.map(({ mac, index }) => (
        <Field key={index} label={FIELDS.mac} help={<MacState mac={mac} links={links} />}>
          {(control) => (
            <div className="flex gap-2">
              <Input {...control} mono value={mac} onChange={(event) => write(index, event.target.value)} />
              <Button onClick={() => onChange(macs.filter((_, at) => at !== index))} aria-label={`Remove ${mac || "this address"}`}>
                Remove
              </Button>
            </div>
          )}
        </Field>
      ))}
      <Button className="justify-self-start" onClick={() => onChange([...macs, ""])}>
        <Plus aria-hidden size={14} /> {DIALOGS.add.another}
      </Button>
      {error && <FieldError id="macs-error">{error}</FieldError>}
    </fieldset>
  );
}

const linkWords = (link: Link): string =>
  [link.vendor, link.speedMbps && formatSpeed(link.speedMbps), link.carrier ? "up" : "down"].filter(Boolean).join(" · ");

function LinkLabel({ link, mac }: { link: Link; mac: string }) {
  return (
    <span className="flex flex-wrap gap-x-3">
      <span className="font-medium">{link.name}</span>
      <code>{mac}</code>
      <span className="text-muted">{linkWords(link)}</span>
    </span>
  );
}

function MacState({ mac, links }: { mac: string; links: readonly Link[] }) {
  if (!mac.trim()) return <>As in b8:ce:f6:01:02:03. Several can be pasted at once.</>;
  const form = normaliseMac(mac);
  if (!form) return <>Not the MAC address of a network interface.</>;
  const [link] = findLinks({ links: [...links] }, [form]);
  return <>{link ? `Found: ${link.name}, ${linkWords(link)}` : "Not found on this machine."}</>;
}
