-- How a person likes the console: density, time zone, shortcuts, columns. What is absent has its default in lib/domain/preferences.ts.
ALTER TABLE "user" ADD COLUMN preferences jsonb NOT NULL DEFAULT '{}';
