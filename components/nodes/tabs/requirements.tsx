import { Badge } from "@/components/ui/badge";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { TableFrame } from "@/components/ui/table-frame";
import type { Verdict } from "@/lib/domain/requests";
import { Section } from "../section";

/** What the node has and what it needs, the shortfalls first. */
export function Requirements({ verdict }: { verdict: Verdict }) {
  return (
    <Section title="Requirements">
      <TableFrame label="Requirements, with what is there and what is needed">
        <Table>
          <thead>
            <tr>
              <Th>Requirement</Th>
              <Th>Has</Th>
              <Th>Needs</Th>
              <Th>Verdict</Th>
            </tr>
          </thead>
          <tbody>
            {verdict.results
              .toSorted((a, b) => Number(a.ok) - Number(b.ok))
              .map(({ requirement, have, need, ok }) => (
                <Tr key={requirement}>
                  <Td className="whitespace-normal">{requirement}</Td>
                  <Td className="whitespace-normal">{have}</Td>
                  <Td className="whitespace-normal">{need}</Td>
                  <Td>
                    {ok ? (
                      "Met"
                    ) : (
                      <Badge tone="warning" weight="solid">
                        Not met
                      </Badge>
                    )}
                  </Td>
                </Tr>
              ))}
          </tbody>
        </Table>
      </TableFrame>
    </Section>
  );
}
