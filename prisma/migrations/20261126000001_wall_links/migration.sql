-- A screen that shows one view of the nodes without anybody signed in. Only the token's hash is kept. The address is copied from the
-- saved view, so that a screen stays as it is when that view goes. A revoked link stays, so that its screen can say so.
CREATE TABLE "wall_link" (
    "id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "name" TEXT NOT NULL,
    "view_name" TEXT,
    "address" TEXT NOT NULL,
    "made_by_id" UUID,
    "made_by_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "wall_link_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "wall_link_made_by_id_fkey" FOREIGN KEY ("made_by_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE
);

CREATE UNIQUE INDEX "wall_link_token_hash_key" ON "wall_link"("token_hash");
