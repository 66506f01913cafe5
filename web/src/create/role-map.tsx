import type { BriefRole } from '../api/making-types.js';
import { useWords } from '../words/index.js';

interface Zone {
  x: number;
  y: number;
  width: number;
  height: number;
  /** Corner radius. */
  round?: number;
  isLoud?: boolean;
}

/** Where each role usually stands, on a picture of 100 × 125. The designs decide for themselves; this says the idea. */
const ZONES: Record<BriefRole, Zone> = {
  shop: { x: 28, y: 4, width: 44, height: 9 },
  dish: { x: 12, y: 15, width: 76, height: 15, isLoud: true },
  line: { x: 20, y: 32, width: 60, height: 9 },
  offer: { x: 70, y: 44, width: 26, height: 26, round: 13, isLoud: true },
  priceWas: { x: 6, y: 78, width: 36, height: 9 },
  price: { x: 6, y: 89, width: 40, height: 12, round: 6, isLoud: true },
  callToAction: { x: 52, y: 90, width: 42, height: 11, round: 5.5 },
  period: { x: 4, y: 103.5, width: 45, height: 9 },
  note: { x: 51, y: 103.5, width: 45, height: 9 },
  place: { x: 4, y: 114, width: 45, height: 9 },
  handle: { x: 51, y: 114, width: 45, height: 9 },
};

/** A picture of an advertisement with the place of each role; the one that is being written is marked. */
export function RoleMap({ roles, looked }: { roles: readonly BriefRole[]; looked: BriefRole | undefined }) {
  const words = useWords();
  return (
    <svg class="role-map" viewBox="0 0 100 125" role="img" aria-label={words.create.map}>
      <rect class="map-ground" width="100" height="125" rx="6" />
      <circle class="map-dish" cx="50" cy="63" r="21" />
      <circle class="map-food" cx="50" cy="63" r="14" />
      {roles.map((role) => {
        const { round = 2, isLoud = false, ...place } = ZONES[role];
        return (
          <g key={role} class={`map-zone${isLoud ? ' loud' : ''}${role === looked ? ' looked' : ''}`}>
            <rect {...place} rx={round} />
            <text x={place.x + place.width / 2} y={place.y + place.height / 2}>
              {words.rolesShort[role]}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
