import { NODE_STATUSES } from "@/lib/domain/status";
import { roughDuration } from "@/lib/domain/units";
import type { WallScale } from "@/lib/domain/wall-scale";
import { WALL } from "@/lib/messages/wall";
import type { WallCell } from "./book";
import type { WallMoment } from "./engine";
import { Glyph, toneOf } from "./glyph";
import { attentionOf, attentionRoom, MOST_ENTRIES } from "./summary";

/** The nodes that want a person, in words: as many as have room. */
export function WallAttention({ moment, scale }: { moment: WallMoment; scale: WallScale }) {
  const { rows, now, stale, isolation } = moment;
  const nodes = attentionOf(rows);
  const { shown, reasons } = attentionRoom(nodes.length, scale, { stale, isolated: isolation !== null });
  return (
    <section className="wall-attention" aria-labelledby="wall-attention" hidden={!nodes.length}>
      <h2 id="wall-attention" className="wall-attention-title">
        {WALL.attention}
      </h2>
      <ul>
        {Array.from({ length: MOST_ENTRIES }, (_, at) => (
          <Entry key={at} node={at < shown ? nodes[at] : undefined} reasons={reasons} now={now} />
        ))}
      </ul>
      <p className="wall-quiet" hidden={nodes.length <= shown}>
        {WALL.more(nodes.length - shown)}
      </p>
    </section>
  );
}

function Entry({ node, reasons, now }: { node: WallCell | undefined; reasons: boolean; now: number }) {
  const status = node?.status ?? "Failed";
  return (
    <li hidden={!node} data-tone={toneOf(status)} className="wall-entry">
      <EntryName name={node?.name ?? "–"} />
      <p className="wall-entry-state">
        <Glyph status={status} />
        <span>{`${NODE_STATUSES[status].label} · ${roughDuration(node ? now - Date.parse(node.statusSince) : 0)}`}</span>
      </p>
      <p className="wall-quiet wall-cut" hidden={!reasons || !node?.reason}>
        {node?.reason ?? "–"}
      </p>
    </li>
  );
}

/** Of a name that is too long the middle goes: the names of a region begin alike, and differ at their ends. */
function EntryName({ name }: { name: string }) {
  const cut = name.length > NAME_LENGTH ? name.length - END_LENGTH : name.length;
  return (
    <p className="wall-entry-name">
      <span className="wall-cut">{name.slice(0, cut)}</span>
      <span>{name.slice(cut)}</span>
    </p>
  );
}
const NAME_LENGTH = 14;
const END_LENGTH = 7;
