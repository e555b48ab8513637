import type { Metadata } from "next";
import { KeyValues } from "@/components/ui/key-values";
import { RelativeTime } from "@/components/ui/relative-time";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { TableFrame } from "@/components/ui/table-frame";
import { about } from "@/lib/services/about";
import { requireUser } from "@/lib/auth";

export const metadata: Metadata = { title: "About · Settings" };

export default async function AboutPage() {
  await requireUser();
  const { version, build, database, workers } = await about();
  return (
    <div className="grid max-w-3xl gap-6">
      <KeyValues
        items={[
          { label: "Regent", value: version },
          { label: "Build", value: <code>{build}</code> },
          { label: "Database", value: `PostgreSQL ${database}` },
          { label: "Licence", value: "Apache-2.0" },
        ]}
      />
      <section aria-label="Workers" className="grid gap-2">
        <h2 className="text-lg font-semibold">Workers</h2>
        {workers.length === 0 && <p className="text-muted">No worker has shown itself. Nothing is done on a server until one runs.</p>}
        {workers.length > 0 && (
          <TableFrame label="Workers, with when each was last seen">
            <Table>
              <thead>
                <tr>
                  <Th>Worker</Th>
                  <Th>Version</Th>
                  <Th>Started</Th>
                  <Th>Last seen</Th>
                </tr>
              </thead>
              <tbody>
                {workers.map(({ id, version: runs, startedAt, seenAt }) => (
                  <Tr key={id}>
                    <Td>
                      <code>{id}</code>
                    </Td>
                    <Td>{runs}</Td>
                    <Td>
                      <RelativeTime value={startedAt} />
                    </Td>
                    <Td>
                      <RelativeTime value={seenAt} />
                    </Td>
                  </Tr>
                ))}
              </tbody>
            </Table>
          </TableFrame>
        )}
      </section>
    </div>
  );
}
