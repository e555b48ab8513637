import { db } from "../../db";
import { parsePreferences, type Preferences, type PreferencesPatch } from "../../domain/preferences";
import { done, type Outcome } from "../../outcome";
import type { Call } from "../call";

export async function readPreferences(userId: string): Promise<Preferences> {
  const user = await db.user.findUnique({ where: { id: userId }, select: { preferences: true } });
  return parsePreferences(user?.preferences);
}

/** Lays the change over what is stored, in one statement: two tabs that change different things lose nothing. No event: it concerns one person's screen. */
export async function savePreferences(patch: PreferencesPatch, { actor }: Call): Promise<Outcome> {
  await db.$executeRaw`
    UPDATE "user" SET preferences = (CASE WHEN jsonb_typeof(preferences) = 'object' THEN preferences ELSE '{}' END) || ${JSON.stringify(patch)}::jsonb
    WHERE id = ${actor.id}::uuid`;
  return done(undefined);
}
