-- From where a wall link may be opened: addresses and networks as they were typed, and from anywhere without one.
ALTER TABLE "wall_link" ADD COLUMN "networks" TEXT[] NOT NULL DEFAULT '{}';

-- A screen that shows its own token to be scanned: whoever passes by may have read it, so it gets another one when it first comes.
ALTER TABLE "wall_link" ADD COLUMN "pairing" BOOLEAN NOT NULL DEFAULT false;

-- A reason that names a person, or that a person typed, is for people who are signed in: a wall hangs where strangers walk by. Of what is
-- fenced now it is not known, so it counts as such.
ALTER TABLE "node" ADD COLUMN "reason_is_personal" BOOLEAN NOT NULL DEFAULT false;
UPDATE "node" SET "reason_is_personal" = true WHERE "status" = 'Fenced';
