"use client";

import { Segments } from "@/components/ui/segments";
import { DENSITIES } from "@/lib/domain/choices";
import { useConsole } from "./console-context";

export function DensityChoice() {
  const { preferences, setPreferences } = useConsole();
  return <Segments legend="Density" options={DENSITIES} value={preferences.density} onChoose={(density) => setPreferences({ density })} />;
}
