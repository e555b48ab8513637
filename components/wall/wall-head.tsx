import { useMemo } from "react";
import { COLORS } from "@/lib/domain/heatmap-colors";
import type { HeatmapAddress } from "@/lib/domain/heatmap-choices";
import { formatAge } from "@/lib/domain/units";
import { NUMBER } from "@/lib/messages/counted";
import type { WallOptions } from "@/lib/domain/wall-options";
import { WALL, WALL_GROUPS, wallWord } from "@/lib/messages/wall";
import { GroupGlyph, GROUP_TONES } from "./glyph";
import type { WallMoment } from "./engine";
import { COUNTED, countGroups } from "./summary";
import { zoneOf } from "./use-wall";

const clockIn = (timeZone: string) => new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone });

/** What region and colour it is, how many nodes are in which state, the time, and how old the data are. */
export function WallHead({ moment, view, options }: { moment: WallMoment; view: HeatmapAddress; options: WallOptions }) {
  const clock = useMemo(() => clockIn(zoneOf(options)), [options]);
  const { region, rows, now, age, mirrored } = moment;
  const counts = countGroups(rows);
  return (
    <header className="wall-head" data-mirrored={mirrored || undefined}>
      <div className="wall-title">
        <h1 className="wall-name">{region}</h1>
        <p className="wall-quiet">{wallWord(COLORS[view.color].label)}</p>
      </div>
      <ul className="wall-counts" aria-label={WALL.counts}>
        {COUNTED.map((group) => {
          const count = counts.get(group) ?? 0;
          return (
            <li key={group} hidden={!count && group !== "active"} data-tone={GROUP_TONES[group]}>
              <span className="wall-count" data-quiet={group === "active" || undefined}>
                {NUMBER.format(count)}
              </span>
              <span className="wall-count-label">
                <GroupGlyph group={group} />
                {WALL_GROUPS[group]}
              </span>
            </li>
          );
        })}
      </ul>
      <div className="wall-clock">
        <p className="wall-time">{clock.format(now)}</p>
        <p className="wall-quiet">{age === null ? WALL.neverMeasured : formatAge(age)}</p>
      </div>
    </header>
  );
}
