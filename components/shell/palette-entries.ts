"use client";

import {
  BellRing,
  Keyboard,
  ListChecks,
  ListPlus,
  MonitorCog,
  Plus,
  Rows3,
  Clock,
  ScrollText,
  Server,
  Settings,
  SquareMousePointer,
  Wrench,
} from "lucide-react";
import type { LucideIcon } from "lucide-react";
import { useRouter } from "next/navigation";
import { pushAddress } from "./address";
import { useDialogAddress } from "@/components/nodes/dialogs/address";
import { NODE_DIALOGS, type NodeDialogName } from "@/components/nodes/dialogs/names";
import { whyNot } from "@/components/nodes/commands";
import { parseTheme, THEMES } from "@/components/ui/theme";
import { focusSetting } from "@/components/settings/focus-setting";
import { chooseTheme } from "@/components/ui/theme-toggle";
import { DENSITIES, TIME_ZONES } from "@/lib/domain/choices";
import { ADD_CANDIDATE, addRefusal, COMMANDS } from "@/lib/domain/lifecycle";
import { permissionRefusal, permits } from "@/lib/domain/permissions";
import { REGION_PAGES } from "@/lib/domain/settings-pages";
import { rowOf, SETTING_GROUPS, SETTING_PATHS } from "@/lib/domain/settings-table";
import { NODE_STATUSES } from "@/lib/domain/status";
import { SEVERAL } from "@/lib/messages/several";
import type { NodeRow } from "@/lib/services/nodes/read";
import { useConsole } from "./console-context";
import { NAV } from "./nav";
import { SETTINGS_PAGES } from "./settings-nav";
import { callShortcut } from "./shortcuts";

export type Entry = {
  id: string;
  label: string;
  /** Stands behind the label: where it leads, whether it is in use. */
  detail?: string;
  glyph: LucideIcon;
  /** Why it is not possible now, as the server would say. */
  refused?: string | undefined;
  /** One of many: offered only to whoever types a word of it. */
  typedOnly?: boolean;
  run: () => void;
};

export type EntryGroup = { title: string; entries: Entry[] };

const PAGE_GLYPHS: Readonly<Record<string, LucideIcon>> = {
  "/nodes": Server,
  "/maintenance": Wrench,
  "/alarms": BellRing,
  "/events": ScrollText,
};

/** Opened from where their reason stands, and not by a word that was typed. */
const ELSEWHERE: readonly NodeDialogName[] = ["forceMaintenance", "moveBack"];
const OFFERED = NODE_DIALOGS.filter((name) => !ELSEWHERE.includes(name));

/** Labels of the commands that have a dialog. */
export const COMMAND_LABELS = Object.fromEntries(OFFERED.map((name) => [name, COMMANDS[name].label])) as Record<NodeDialogName, string>;

/** What the palette offers without asking the server. */
export function useOwnEntries(): EntryGroup[] {
  const router = useRouter();
  const { open, openMany } = useDialogAddress();
  const { user, preferences, setPreferences } = useConsole();
  const theme = parseTheme(document.documentElement.dataset.theme);
  const page = ({ href, label }: { href: string; label: string }, glyph: LucideIcon): Entry => ({
    id: href,
    label,
    detail: "Page",
    glyph,
    run: () => router.push(href),
  });
  const choices = <Choice extends string>(
    what: string,
    options: Readonly<Record<Choice, string>>,
    now: Choice,
    glyph: LucideIcon,
    choose: (choice: Choice) => void,
  ): Entry[] =>
    (Object.keys(options) as Choice[]).map((choice) => ({
      id: `${what} ${choice}`,
      label: `${what}: ${options[choice]}`,
      ...(choice === now ? { detail: "In use" } : {}),
      glyph,
      run: () => choose(choice),
    }));
  return [
    {
      title: "Pages",
      entries: [
        ...NAV.filter(({ href }) => href !== "/settings").map((to) => page(to, PAGE_GLYPHS[to.href] ?? Server)),
        ...SETTINGS_PAGES.map(({ href, label }) => page({ href, label: `Settings: ${label}` }, Settings)),
      ],
    },
    {
      title: "Actions",
      entries: [
        { id: "add", label: ADD_CANDIDATE.label, glyph: Plus, refused: addRefusal(user.role)?.reason, run: () => open("add") },
        { id: "several", label: SEVERAL.entry, glyph: ListPlus, refused: addRefusal(user.role)?.reason, run: () => open("several") },
        {
          id: "plan",
          label: COMMANDS.planMaintenance.label,
          glyph: Wrench,
          refused: permits(user.role, "maintenance.plan") ? undefined : permissionRefusal("maintenance.plan").reason,
          run: () => openMany("plan", []),
        },
        {
          id: "alarm",
          label: COMMANDS.createAlarm.label,
          glyph: BellRing,
          refused: permits(user.role, "alarm.manage") ? undefined : permissionRefusal("alarm.manage").reason,
          run: () => router.push("/alarms/new"),
        },
        { id: "operations", label: "Operations", detail: "Drawer", glyph: ListChecks, run: () => callShortcut("operations") },
        { id: "sheet", label: "Keyboard shortcuts", glyph: Keyboard, run: () => callShortcut("sheet") },
      ],
    },
    {
      title: "Appearance",
      entries: [
        ...choices("Theme", THEMES, theme, MonitorCog, chooseTheme),
        ...choices("Density", DENSITIES, preferences.density, Rows3, (density) => setPreferences({ density })),
        ...choices("Time zone", TIME_ZONES, preferences.timeZone, Clock, (timeZone) => setPreferences({ timeZone })),
      ],
    },
    {
      title: "Settings",
      entries: SETTING_PATHS.map((path) => {
        const { group, label } = rowOf(path);
        const { href } = REGION_PAGES[SETTING_GROUPS[group].page];
        return {
          id: path,
          label: `${SETTING_GROUPS[group].title}: ${label}`,
          detail: "Setting",
          glyph: Settings,
          run: () => {
            if (location.pathname !== href) return router.push(`${href}#${path}`);
            // The router would hang one "#" on another.
            pushAddress(`${href}#${path}`);
            // Nothing is drawn anew for it; and until the palette is gone, it has the focus.
            setTimeout(() => focusSetting(path));
          },
          typedOnly: true,
        };
      }),
    },
  ];
}

export const possibleFirst = (entries: readonly Entry[]): Entry[] =>
  entries.toSorted((a, b) => Number(a.refused !== undefined) - Number(b.refused !== undefined));

/** Ways to a node and its commands. A command opens its dialog: nothing is done by the palette itself. */
export function useNodeEntries() {
  const router = useRouter();
  const { open } = useDialogAddress();
  const facts = useConsole();
  return {
    page: (node: NodeRow): Entry => ({
      id: node.id,
      label: node.name,
      detail: [node.ip, NODE_STATUSES[node.status].label, ...node.tags].join(" · "),
      glyph: Server,
      run: () => router.push(`/nodes/${node.id}/overview`),
    }),
    commands: (node: NodeRow, names: readonly NodeDialogName[] = OFFERED): Entry[] =>
      possibleFirst(
        names.map((name) => ({
          id: `${name} ${node.id}`,
          label: `${COMMANDS[name].label} ${node.name}`,
          glyph: SquareMousePointer,
          refused: whyNot(name, node, facts)?.reason,
          run: () => open(name, node.id),
        })),
      ),
  };
}
